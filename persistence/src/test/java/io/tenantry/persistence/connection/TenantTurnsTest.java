package io.tenantry.persistence.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.LimitExceededException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TenantTurnsTest {

  private static final TenantId ACME = new TenantId(UUID.randomUUID());
  private static final TenantId GLOBEX = new TenantId(UUID.randomUUID());
  private static final int POOL_SIZE = 4;
  private static final Duration AT_ONCE = Duration.ZERO;
  private static final Duration PATIENT = Duration.ofMinutes(1);

  private final AtomicInteger quota = new AtomicInteger(2);
  private final TenantTurns turns =
      new TenantTurns(tenant -> quota.get(), POOL_SIZE, ConnectionMetrics.none());

  @Test
  void whoHasAsManyAsItMayHaveIsRefusedAndNobodyElseIs() throws SQLException {
    TenantTurns.Turn first = turns.take(ACME, AT_ONCE);
    TenantTurns.Turn second = turns.take(ACME, AT_ONCE);
    refused(ACME);
    TenantTurns.Turn other = turns.take(GLOBEX, AT_ONCE);
    first.end();
    TenantTurns.Turn third = turns.take(ACME, AT_ONCE);
    refused(ACME);
    second.end();
    third.end();
    other.end();
  }

  /** Each that waits keeps a request in memory. */
  @Test
  void aLineThatIsTooLongIsNotJoined() throws Exception {
    quota.set(1);
    TenantTurns.Turn held = turns.take(ACME, AT_ONCE);
    AtomicInteger served = new AtomicInteger();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> waiting = new ArrayList<>();
      for (int i = 0; i < TenantTurns.LONGEST_LINE; i++) {
        waiting.add(
            executor.submit(
                () -> {
                  turns.take(ACME, PATIENT).end();
                  return served.incrementAndGet();
                }));
      }
      Awaitility.await().until(() -> turns.users(ACME) == 1 + TenantTurns.LONGEST_LINE);
      // As patient as the others, and refused all the same; its neighbour has a line of its own.
      assertThat(
              catchThrowableOfType(LimitExceededException.class, () -> turns.take(ACME, PATIENT))
                  .atOnce())
          .isEqualTo(1);
      turns.take(GLOBEX, AT_ONCE).end();
      held.end();
      for (Future<Integer> each : waiting) {
        assertThat(each.get()).isPositive();
      }
    }
    assertThat(turns.size()).isZero();
  }

  @Test
  void whoWaitsGetsTheTurnThatEnds() throws Exception {
    quota.set(1);
    TenantTurns.Turn held = turns.take(ACME, AT_ONCE);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<TenantTurns.Turn> waiting = executor.submit(() -> turns.take(ACME, PATIENT));
      held.end();
      waiting.get().end();
    }
    assertThat(turns.size()).isZero();
  }

  @Test
  void endingATurnTwiceGivesNobodyASecondOne() throws SQLException {
    quota.set(1);
    TenantTurns.Turn held = turns.take(ACME, AT_ONCE);
    held.end();
    held.end();
    TenantTurns.Turn next = turns.take(ACME, AT_ONCE);
    refused(ACME);
    next.end();
  }

  @Test
  void aChangedQuotaIsInForceAndWhoHasATurnKeepsIt() throws SQLException {
    TenantTurns.Turn first = turns.take(ACME, AT_ONCE);
    TenantTurns.Turn second = turns.take(ACME, AT_ONCE);
    quota.set(3);
    TenantTurns.Turn third = turns.take(ACME, AT_ONCE);
    refused(ACME);
    quota.set(1);
    first.end();
    second.end();
    refused(ACME);
    third.end();
    turns.take(ACME, AT_ONCE).end();
  }

  @Test
  void aQuotaThatMakesNoSenseStillLetsATenantWork() throws SQLException {
    quota.set(-5);
    TenantTurns.Turn only = turns.take(ACME, AT_ONCE);
    refused(ACME);
    only.end();
  }

  @Test
  void whoMayHaveTheWholePoolIsToldThatThePoolIsFull() throws SQLException {
    quota.set(1_000);
    List<TenantTurns.Turn> all = new ArrayList<>();
    for (int i = 0; i < POOL_SIZE; i++) {
      all.add(turns.take(ACME, AT_ONCE));
    }
    assertThatThrownBy(() -> turns.take(ACME, AT_ONCE))
        .isInstanceOf(SQLTransientConnectionException.class)
        .hasNoCause();
    all.forEach(TenantTurns.Turn::end);
  }

  @Test
  void nothingIsKeptAboutWhoHasNothing() throws SQLException {
    for (int i = 0; i < 1_000; i++) {
      turns.take(new TenantId(UUID.randomUUID()), AT_ONCE).end();
    }
    quota.set(1);
    TenantTurns.Turn held = turns.take(ACME, AT_ONCE);
    refused(ACME);
    assertThat(turns.size()).isEqualTo(1);
    held.end();
    assertThat(turns.size()).isZero();
  }

  private void refused(TenantId tenant) {
    LimitExceededException refused =
        catchThrowableOfType(LimitExceededException.class, () -> turns.take(tenant, AT_ONCE));
    assertThat(refused.code()).isEqualTo(ErrorCode.CONNECTION_LIMIT_EXCEEDED);
    assertThat(refused.retryAfterSeconds()).isEqualTo(1);
    assertThat(refused.detail()).doesNotContain(tenant.toString(), tenant.hex());
  }
}
