package io.tenantry.standalone;

import io.tenantry.control.ControlException;
import io.tenantry.control.FencedTransaction;
import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.Duty;
import io.tenantry.credentials.LoginCredentials;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.operations.platform.Instance;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.tenancy.names.TenantNames;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** Runs SQL of the demo's own as the login that serves requests: the attacker's place. */
final class DemoSql {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration LIFETIME = Duration.ofSeconds(4);

  private final PGSimpleDataSource runtimeLogin = new PGSimpleDataSource();
  private final FencedTransaction fenced;

  DemoSql(Instance instance, Path secrets) {
    CredentialSource credentials = new DirectoryCredentialSource(secrets);
    LoginCredentials login = credentials.login(Duty.APP);
    runtimeLogin.setUrl(instance.database().jdbcUrl("tenantry-demo"));
    runtimeLogin.setUser(login.user());
    runtimeLogin.setPassword(login.password());
    CapabilitySigner signer =
        new CapabilitySigner(
            credentials::capabilityKey, InstantSource.system(), LIFETIME, Instance.DATABASE);
    fenced = new FencedTransaction(runtimeLogin, signer, TIMEOUT, TIMEOUT);
  }

  static String ordersOf(TenantId tenant) {
    return TenantNames.schema(tenant) + ".desk_orders";
  }

  /**
   * What came of the last statement.
   *
   * @param count the number it answered, -1 when a statement was refused
   * @param sqlState null unless one was refused
   */
  record Outcome(long count, @Nullable String sqlState, String text) {

    boolean rows(long expected) {
      return sqlState == null && count == expected;
    }

    boolean refused(String state) {
      return state.equals(sqlState);
    }
  }

  /** Runs a query outside of any tenant. */
  Outcome asLoginOnly(String query) {
    try (Connection connection = runtimeLogin.getConnection()) {
      return run(connection, query);
    } catch (SQLException e) {
      return refusal(e.getSQLState());
    }
  }

  /** Runs statements inside the tenant's transaction and answers what the last one did. */
  Outcome as(TenantId tenant, String... statements) {
    try {
      return fenced.asTenant(tenant, "running the demo", inside -> run(inside, statements));
    } catch (ControlException e) {
      return refusal(e.sqlState());
    }
  }

  private static Outcome run(Connection connection, String... statements) throws SQLException {
    Outcome outcome = new Outcome(-1, null, "");
    for (String sql : statements) {
      try (Statement statement = connection.createStatement()) {
        if (statement.execute(sql)) {
          try (ResultSet result = statement.getResultSet()) {
            result.next();
            long count = result.getLong(1);
            outcome = new Outcome(count, null, "the answer is " + count);
          }
        }
      }
    }
    return outcome;
  }

  private static Outcome refusal(@Nullable String state) {
    return new Outcome(-1, state, "refused with " + state);
  }
}
