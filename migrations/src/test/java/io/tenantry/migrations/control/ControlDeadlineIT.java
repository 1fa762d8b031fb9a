package io.tenantry.migrations.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.control.By;
import io.tenantry.control.IdempotencyStore;
import io.tenantry.control.TenantSpec;
import io.tenantry.control.TenantStore;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.RequestDeadline;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.idempotency.Answered;
import io.tenantry.tenancy.idempotency.OnceWork;
import io.tenantry.tenancy.idempotency.RequestKey;
import io.tenantry.tenancy.idempotency.StoredAnswer;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A statement on the platform's own tables ends, in the server, with the request's deadline. */
class ControlDeadlineIT {

  private static final String TIMEOUTS =
      "select name, setting from pg_settings"
          + " where name in ('lock_timeout', 'statement_timeout') order by name";

  private final TestPlatform platform = TestPlatform.installed("control_deadline");
  private final AtomicReference<Connection> last = new AtomicReference<>();
  private final AtomicReference<String> before = new AtomicReference<>("select 1");
  private final DataSource control = recorded(platform.as(Duty.CONTROL));

  @Test
  void whoWaitsForALockIsCancelledByTheServer() throws SQLException {
    TenantStore tenants = new TenantStore(control);
    try (Connection blocker = platform.superuser()) {
      // Were there no other timeout, the lock would be free then, and the call would succeed.
      TestPlatform.execute(blocker, "set idle_in_transaction_session_timeout = '25s'");
      blocker.setAutoCommit(false);
      TestPlatform.execute(blocker, "lock table tenantry_control.tenants in access exclusive mode");
      assertThatThrownBy(
              () ->
                  within(
                      Duration.ofSeconds(1),
                      () ->
                          tenants.put(
                              TenantSpec.of(new TenantSlug("blocked"), "Blocked"),
                              null,
                              false,
                              new By("alice", "req-1"))))
          .isInstanceOfSatisfying(
              TenantryException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED))
          .cause()
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
      try (Connection looking = platform.superuser()) {
        assertThat(TestPlatform.rows(looking, "select pid from pg_locks where not granted"))
            .isEmpty();
      }
    }
  }

  @Test
  void bothTimeoutsAreWhatIsLeftAndAClaimedKeyLeavesThemSo() {
    List<Integer> seen = within(Duration.ofMinutes(2), this::timeoutsOfAKeyedRequest);
    assertThat(seen).allSatisfy(millis -> assertThat(millis).isBetween(1_000, 120_000));
    assertThat(seen.getFirst()).isEqualTo(seen.getLast());
  }

  @Test
  void aDeadlineMakesNoTimeoutLonger() {
    before.set("set statement_timeout = '2500ms'");
    assertThat(within(Duration.ofMinutes(2), this::timeoutsOfAKeyedRequest))
        .containsExactly(2_500, 2_500);
  }

  @Test
  void withoutADeadlineTheConnectionsOwnTimeoutsHold() {
    before.set("set statement_timeout = '10s'; set lock_timeout = '7s'");
    assertThat(timeoutsOfAKeyedRequest()).containsExactly(7_000, 10_000);
  }

  @Test
  void afterTheDeadlineNothingIsBegun() {
    assertThatThrownBy(() -> within(Duration.ZERO, this::timeoutsOfAKeyedRequest))
        .isInstanceOfSatisfying(
            TenantryException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
  }

  /** For locks and for statements, in milliseconds, as they are once the key is claimed. */
  private List<Integer> timeoutsOfAKeyedRequest() {
    AtomicReference<List<Integer>> seen = new AtomicReference<>(List.of());
    RequestKey key = new RequestKey(UUID.randomUUID().toString(), "a".repeat(64));
    Answered answered =
        new IdempotencyStore(control, Duration.ofDays(1))
            .once(
                "alice",
                key,
                new OnceWork() {
                  @Override
                  public Made run() {
                    seen.set(timeouts());
                    StoredAnswer answer = new StoredAnswer(200, "", "");
                    return new Made(answer, answer);
                  }

                  @Override
                  public StoredAnswer refusal(TenantryException refusal) {
                    throw new AssertionError("Not a refusal.", refusal);
                  }
                });
    assertThat(answered.replayed()).isFalse();
    return seen.get();
  }

  private List<Integer> timeouts() {
    try {
      return TestPlatform.rows(last.get(), TIMEOUTS).stream()
          .map(row -> Integer.valueOf(row.split("\\|", -1)[1]))
          .toList();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T within(Duration budget, ScopedValue.CallableOp<T, RuntimeException> call) {
    return RequestDeadline.<T, RuntimeException>call(budget, call);
  }

  private DataSource recorded(DataSource source) {
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (_, _, _) -> {
              Connection connection = source.getConnection();
              TestPlatform.execute(connection, before.get());
              last.set(connection);
              return connection;
            });
  }
}
