package io.tenantry.persistence.connection;

import static io.tenantry.persistence.connection.Fixture.ACME;
import static io.tenantry.persistence.connection.Fixture.GLOBEX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.tenantry.persistence.Serving;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.testkit.SeenCodes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The doors to connections, Spring's and Hibernate's: the tenant in scope, or nothing. */
class TenantDoorIT {

  private static Serving serving;
  private static DataSource door;
  private static TenantConnectionProvider provider;

  @BeforeAll
  static void start() {
    serving = Fixture.startWithOneConnection();
    door = serving.bean(DataSource.class);
    provider =
        new TenantConnectionProvider(
            new TenantDataSource(
                serving.bean(ServingPool.class),
                serving.bean(TenantCheckout.class),
                new SqlGuard()));
  }

  @AfterAll
  static void stop() {
    serving.close();
  }

  @Test
  void thereIsOneDataSourceAndItIsNotThePool() {
    assertThat(door).isInstanceOf(TenantDataSource.class).isNotInstanceOf(AutoCloseable.class);
  }

  @Test
  void hibernateIsToldTheTenantInScopeOrTheOneThatNobodyIs() {
    CurrentTenantResolver resolver = new CurrentTenantResolver();
    assertThat(resolver.resolveCurrentTenantIdentifier()).isEqualTo(TenantId.NONE);
    assertThat(TenantContext.call(ACME, resolver::resolveCurrentTenantIdentifier))
        .isEqualTo(ACME.value());
    assertThat(resolver.validateExistingCurrentSessions()).isTrue();
  }

  @Test
  void withoutATenantNobodyGetsAConnection() {
    refused(ErrorCode.TENANT_CONTEXT_MISSING, door::getConnection);
    refused(ErrorCode.TENANT_CONTEXT_MISSING, () -> provider.getConnection(TenantId.NONE));
    refused(ErrorCode.TENANT_CONTEXT_MISSING, () -> provider.getConnection(ACME.value()));
    refused(ErrorCode.TENANT_CONTEXT_MISSING, provider::getAnyConnection);
  }

  @Test
  void insideATenantOnlyItsOwnSessionsGetAConnection() throws SQLException {
    TenantContext.run(
        ACME,
        () -> {
          refused(ErrorCode.TENANT_CONTEXT_BOUND, () -> provider.getConnection(GLOBEX.value()));
          refused(ErrorCode.TENANT_CONTEXT_BOUND, () -> provider.getConnection(TenantId.NONE));
          refused(ErrorCode.TENANT_CONTEXT_MISSING, provider::getAnyConnection);
        });
    try (Connection connection =
        TenantContext.call(ACME, () -> provider.getConnection(ACME.value()))) {
      assertThat(connection).isInstanceOf(FencedConnection.class);
    }
  }

  @Test
  void thePoolAndItsLoginAreNobodys() {
    unsupported(() -> door.getConnection("tenantry_app_a", "guessed"));
    unsupported(() -> door.unwrap(HikariDataSource.class));
    unsupported(() -> door.setLoginTimeout(1));
    unsupported(() -> door.setLogWriter(new PrintWriter(new StringWriter())));
    unsupported(door::getLogWriter);
    unsupported(door::getParentLogger);
    assertThatThrownBy(() -> provider.unwrap(ServingPool.class))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(provider.isUnwrappableAs(ServingPool.class)).isFalse();
    assertThat(provider.supportsAggressiveRelease()).isFalse();
  }

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(TenantryException.class, e -> assertThat(e.code()).isEqualTo(code));
    SeenCodes.saw(code);
  }

  private static void unsupported(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(SQLFeatureNotSupportedException.class);
  }
}
