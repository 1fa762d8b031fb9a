package io.tenantry.persistence.connection;

import static io.tenantry.persistence.connection.Fixture.ACME;
import static io.tenantry.persistence.connection.Fixture.GLOBEX;
import static io.tenantry.persistence.connection.Fixture.PLATFORM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.persistence.Serving;
import io.tenantry.persistence.failure.DatabaseFailures;
import io.tenantry.tenancy.RequestDeadline;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.testkit.ProtocolProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Nobody waits beyond the deadline: not for a connection, not for an answer, not for the end. All
 * other timeouts are far longer here, so that only the deadline can be what ended the wait.
 */
class WaitingIT {

  private static final Duration DEADLINE = Duration.ofMillis(1_500);

  /** Far beyond the deadline and its grace, far below every other timeout. */
  private static final Duration LONG = Duration.ofSeconds(20);

  private static final Map<String, Object> PATIENT =
      Map.of(
          "tenantry.pool.size", "1",
          "tenantry.pool.connection-timeout", "60s",
          "tenantry.pool.statement-timeout", "60s",
          "tenantry.pool.lock-timeout", "60s");

  @Test
  void whoWaitsForAConnectionWaitsUntilTheDeadlineAndNoLonger() throws SQLException {
    try (Serving serving = Serving.start(PLATFORM.address(), PLATFORM.credentials(), PATIENT)) {
      ServingPool pool = serving.bean(ServingPool.class);
      assertThat(backend(serving, ACME)).isPositive();
      try (Connection _ = pool.borrow()) {
        assertThat(failsInTime(() -> backend(serving, ACME)))
            .isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
      }
      assertThat(backend(serving, ACME)).isPositive();
    }
  }

  @Test
  void aServerThatTakesConnectionsAndSaysNothingIsAway() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Serving serving =
            Serving.start(
                new DatabaseAddress("127.0.0.1", silent.getLocalPort(), "silent", "disable"),
                PLATFORM.credentials(),
                PATIENT)) {
      assertThat(failsInTime(() -> backend(serving, ACME)))
          .isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
    }
  }

  @Test
  void whoWaitsForItsTurnWhileTheDatabaseIsAwayIsNotToldThatItIsTooMany() throws Exception {
    ConnectionQuota one = tenant -> 1;
    Map<String, Object> settings = new HashMap<>(PATIENT);
    settings.put("tenantry.pool.size", "2");
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Serving serving =
            Serving.start(
                new DatabaseAddress("127.0.0.1", silent.getLocalPort(), "silent", "disable"),
                PLATFORM.credentials(),
                settings,
                beans -> beans.registerBean(ConnectionQuota.class, () -> one));
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<ErrorCode> first = executor.submit(() -> failsInTime(() -> backend(serving, ACME)));
      Future<ErrorCode> second = executor.submit(() -> failsInTime(() -> backend(serving, ACME)));
      assertThat(first.get()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
      assertThat(second.get()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
    }
  }

  @Test
  void anAnswerThatIsSwallowedIsNotWaitedForAndItsConnectionIsThrownAway() {
    DatabaseAddress real = PLATFORM.address();
    MeterRegistry meters = new SimpleMeterRegistry();
    try (ProtocolProxy proxy = ProtocolProxy.open(real.host(), real.port());
        Serving serving =
            Serving.start(
                new DatabaseAddress(proxy.host(), proxy.port(), real.database(), "disable"),
                PLATFORM.credentials(),
                PATIENT,
                beans -> beans.registerBean(MeterRegistry.class, () -> meters))) {
      int before = backend(serving, ACME);
      // Within the checkout.
      assertThat(
              failsInTime(
                  () -> {
                    proxy.pause();
                    return backend(serving, ACME);
                  }))
          .isIn(ErrorCode.DATABASE_UNAVAILABLE, ErrorCode.DEADLINE_EXCEEDED);
      proxy.resume();
      int between = backend(serving, ACME);
      assertThat(between).isNotEqualTo(before);
      assertThat(evicted(meters)).isEqualTo(1);
      // In the middle of a transaction; the rollback is not answered either.
      assertThat(
              failsInTime(
                  () ->
                      serving.write(
                          ACME,
                          () -> {
                            Fixture.backend(serving);
                            proxy.pause();
                            return Fixture.backend(serving);
                          })))
          .isIn(ErrorCode.DATABASE_UNAVAILABLE, ErrorCode.DEADLINE_EXCEEDED);
      proxy.resume();
      assertThat(backend(serving, ACME)).isNotEqualTo(between);
      assertThat(evicted(meters)).isEqualTo(2);
      // At the COMMIT.
      int last = backend(serving, ACME);
      assertThat(
              failsInTime(
                  () ->
                      serving.write(
                          ACME,
                          () -> {
                            int backend = Fixture.backend(serving);
                            proxy.pause();
                            return backend;
                          })))
          .isIn(ErrorCode.DATABASE_UNAVAILABLE, ErrorCode.DEADLINE_EXCEEDED);
      proxy.resume();
      assertThat(backend(serving, ACME)).isNotEqualTo(last);
    }
  }

  @Test
  void theNextBorrowerDoesNotInheritWhatWasLeftOfADeadline() throws SQLException {
    try (Serving serving = Serving.start(PLATFORM.address(), PLATFORM.credentials(), PATIENT)) {
      ServingPool pool = serving.bean(ServingPool.class);
      int fresh;
      try (Connection raw = pool.borrow()) {
        fresh = raw.getNetworkTimeout();
      }
      assertThat(fresh).isEqualTo(65_000);
      RequestDeadline.<Integer, RuntimeException>call(LONG, () -> backend(serving, ACME));
      try (Connection raw = pool.borrow()) {
        assertThat(raw.getNetworkTimeout()).isEqualTo(fresh);
      }
    }
  }

  @Test
  void whatIsSaidToTheDriverReachesIt() {
    try (Serving serving = Serving.start(PLATFORM.address(), PLATFORM.credentials(), PATIENT)) {
      Throwable failure =
          catchThrowable(
              () ->
                  serving.write(
                      ACME,
                      () ->
                          serving
                              .sql()
                              .update(
                                  "insert into tenantry_api.research_reports (tenant_id, id, title,"
                                      + " body) values (?, null, 'secret', 'b')",
                                  ACME.value())));
      assertThat(Fixture.sqlState(failure)).isEqualTo("23502");
      for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
        // The server's detail shows the row.
        assertThat(at.getMessage()).doesNotContain("Failing row contains");
      }
    }
  }

  @Test
  void aTenantThatHasAllItMayHaveLeavesTheRestToTheOthers() throws SQLException {
    Map<String, Object> settings = new HashMap<>(PATIENT);
    settings.put("tenantry.pool.size", "2");
    settings.put("tenantry.pool.connection-timeout", "300ms");
    ConnectionQuota quota = tenant -> tenant.equals(ACME) ? 1 : 2;
    MeterRegistry meters = new SimpleMeterRegistry();
    try (Serving serving =
        Serving.start(
            PLATFORM.address(),
            PLATFORM.credentials(),
            settings,
            beans -> {
              beans.registerBean(ConnectionQuota.class, () -> quota);
              beans.registerBean(MeterRegistry.class, () -> meters);
            })) {
      ServingPool pool = serving.bean(ServingPool.class);
      Lease held = pool.borrow(ACME);
      for (int i = 0; i < 3; i++) {
        assertThat(code(catchThrowable(() -> backend(serving, ACME))))
            .isEqualTo(ErrorCode.CONNECTION_LIMIT_EXCEEDED);
        assertThat(backend(serving, GLOBEX)).isPositive();
      }
      held.giveBack();
      assertThat(backend(serving, ACME)).isPositive();
      Lease evicted = pool.borrow(ACME);
      evicted.evict();
      // A turn comes back also when the pool had nothing for who had it.
      try (Connection _ = pool.borrow();
          Connection _ = pool.borrow()) {
        for (int i = 0; i < 2; i++) {
          assertThat(code(catchThrowable(() -> backend(serving, ACME))))
              .isEqualTo(ErrorCode.POOL_EXHAUSTED);
        }
      }
      assertThat(backend(serving, ACME)).isPositive();
      assertThat(meters.get("tenantry.checkout").timer().count()).isEqualTo(5);
      assertThat(meters.get("tenantry.connections.turn").timer().count()).isEqualTo(12);
      assertThat(evicted(meters)).isEqualTo(1);
      assertThat(meters.get("hikaricp.connections.max").tag("pool", "serving").gauge().value())
          .isEqualTo(2);
    }
  }

  private static int backend(Serving serving, TenantId tenant) {
    return serving.read(tenant, () -> Fixture.backend(serving));
  }

  private static double evicted(MeterRegistry meters) {
    return meters.get("tenantry.connections.evicted").counter().count();
  }

  /** The code of what the work fails with, within the order of the deadline. */
  private static ErrorCode failsInTime(Supplier<Integer> work) {
    long start = System.nanoTime();
    Throwable failure =
        catchThrowable(() -> RequestDeadline.<Integer, RuntimeException>call(DEADLINE, work::get));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG);
    return code(failure);
  }

  private static ErrorCode code(Throwable failure) {
    return DatabaseFailures.translate(failure).map(TenantryException::code).orElseThrow();
  }
}
