package io.tenantry.persistence.connection;

import static io.tenantry.persistence.connection.Fixture.ACME;
import static io.tenantry.persistence.connection.Fixture.PLATFORM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.Duty;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.credentials.directory.SecretDirectory;
import io.tenantry.persistence.Serving;
import io.tenantry.persistence.failure.DatabaseFailures;
import io.tenantry.persistence.orders.OrderFilter;
import io.tenantry.persistence.orders.OrderService;
import io.tenantry.persistence.reports.ReportService;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.testkit.ProtocolProxy;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pool: who waits, who is refused, and as whom its connections log in. */
class ServingPoolIT {

  @TempDir private static Path secrets;

  @Test
  void whoWaitsInVainIsToldThatAllConnectionsAreBusy() throws SQLException {
    try (Serving serving =
        Serving.start(
            PLATFORM.address(),
            PLATFORM.credentials(),
            Map.of("tenantry.pool.size", "1", "tenantry.pool.connection-timeout", "400ms"))) {
      ServingPool pool = serving.bean(ServingPool.class);
      assertThat(serving.read(ACME, () -> Fixture.backend(serving))).isPositive();
      try (Connection _ = pool.borrow()) {
        long start = System.nanoTime();
        Throwable failure =
            catchThrowable(() -> serving.read(ACME, () -> Fixture.backend(serving)));
        Duration waited = Duration.ofNanos(System.nanoTime() - start);
        assertThat(DatabaseFailures.translate(failure))
            .map(TenantryException::code)
            .contains(ErrorCode.POOL_EXHAUSTED);
        assertThat(waited).isBetween(Duration.ofMillis(350), Duration.ofSeconds(4));
      }
      assertThat(serving.read(ACME, () -> Fixture.backend(serving))).isPositive();
    }
  }

  @Test
  void whileAllConnectionsAreBusyTheProbesLastAnswerStands() throws SQLException {
    DatabaseAddress real = PLATFORM.address();
    ProtocolProxy proxy = ProtocolProxy.open(real.host(), real.port());
    try (Serving serving =
        Serving.start(
            new DatabaseAddress(proxy.host(), proxy.port(), real.database(), "disable"),
            PLATFORM.credentials(),
            Map.of("tenantry.pool.size", "1", "tenantry.pool.connection-timeout", "400ms"))) {
      ServingPool pool = serving.bean(ServingPool.class);
      assertThat(serving.read(ACME, () -> Fixture.backend(serving))).isPositive();
      DatabaseProbe probe = serving.bean(DatabaseProbe.class);
      try (Connection _ = pool.borrow()) {
        assertThat(probe.reachable()).as("not known yet").isFalse();
      }
      assertThat(probe.reachable()).isTrue();
      try (Connection _ = pool.borrow()) {
        assertThat(probe.reachable()).as("as before").isTrue();
      }
      proxy.close();
      assertThat(probe.reachable()).as("away, and nobody has a connection").isFalse();
    } finally {
      proxy.close();
    }
  }

  @Test
  void withoutATenantNothingIsSent() {
    DatabaseAddress real = PLATFORM.address();
    try (ProtocolProxy proxy = ProtocolProxy.open(real.host(), real.port());
        Serving serving =
            Serving.start(
                new DatabaseAddress(proxy.host(), proxy.port(), real.database(), "disable"),
                PLATFORM.credentials(),
                Map.of("tenantry.pool.size", "1"))) {
      assertThat(serving.read(ACME, () -> Fixture.backend(serving))).isPositive();
      proxy.reset();
      OrderFilter any = new OrderFilter(null, null, null, null);
      EntityManager entities = serving.bean(EntityManager.class);
      withoutTenant(() -> serving.bean(OrderService.class).get(UUID.randomUUID()));
      withoutTenant(() -> serving.bean(OrderService.class).cancel(UUID.randomUUID()));
      withoutTenant(() -> serving.bean(OrderService.class).list(any, 10, null));
      withoutTenant(() -> serving.bean(ReportService.class).list(10, null));
      withoutTenant(() -> serving.sql().queryForList("select 1"));
      withoutTenant(() -> entities.createNativeQuery("select 1").getResultList());
      withoutTenant(() -> entities.createQuery("from ReportEntity", Object.class).getResultList());
      assertThat(proxy.traffic().statements()).isEmpty();
      assertThat(proxy.traffic().requests()).isZero();
    }
  }

  @Test
  void eachNewConnectionLogsInAsWhoIsActiveThen() throws SQLException, IOException {
    SecretDirectory.createMissing(secrets);
    for (String login : Duty.APP.logins()) {
      String password = PLATFORM.credentials().login(login).password();
      Files.writeString(secrets.resolve("login." + login), password);
    }
    PoolSettings settings =
        new PoolSettings(
            1,
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2));
    try (ServingPool pool =
        new ServingPool(PLATFORM.address(), new DirectoryCredentialSource(secrets), settings)) {
      assertThat(login(pool)).isEqualTo("tenantry_app_a");
      Files.writeString(secrets.resolve("active.app"), "tenantry_app_b");
      // What is connected stays connected.
      assertThat(login(pool)).isEqualTo("tenantry_app_a");
      pool.evict(pool.borrow());
      assertThat(login(pool)).isEqualTo("tenantry_app_b");
      Files.writeString(secrets.resolve("active.app"), "tenantry_app_a");
      pool.evict(pool.borrow());
      assertThat(login(pool)).isEqualTo("tenantry_app_a");
    }
  }

  private static String login(ServingPool pool) throws SQLException {
    try (Connection raw = pool.borrow();
        Statement statement = raw.createStatement();
        ResultSet row = statement.executeQuery("select session_user")) {
      row.next();
      return row.getString(1);
    }
  }

  private static void withoutTenant(ThrowingCallable call) {
    assertThatThrownBy(call)
        .satisfies(
            failure ->
                assertThat(DatabaseFailures.translate(failure))
                    .map(TenantryException::code)
                    .contains(ErrorCode.TENANT_CONTEXT_MISSING));
  }
}
