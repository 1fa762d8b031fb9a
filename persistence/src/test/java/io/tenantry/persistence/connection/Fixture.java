package io.tenantry.persistence.connection;

import static java.util.Objects.requireNonNull;

import io.tenantry.persistence.Serving;
import io.tenantry.persistence.TestPlatform;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A platform with two tenants, shared by the tests of the connection, and what they ask it. */
final class Fixture {

  static final String DATABASE = "fenced";
  static final TestPlatform PLATFORM = TestPlatform.install(DATABASE);
  static final TenantId ACME = PLATFORM.tenant("acme");
  static final TenantId GLOBEX = PLATFORM.tenant("globex");

  private Fixture() {}

  /** A pool of one connection: whoever comes next gets the same backend. */
  static Serving startWithOneConnection() {
    return Serving.start(
        PLATFORM.address(), PLATFORM.credentials(), Map.of("tenantry.pool.size", "1"));
  }

  /** Files a report of the tenant by plain SQL, inside the caller's transaction. */
  static int insertReport(Serving serving, TenantId tenant, String title) {
    return serving
        .sql()
        .update(
            "insert into tenantry_api.research_reports (tenant_id, id, title, body)"
                + " values (?, ?, ?, 'body')",
            tenant.value(),
            UUID.randomUUID(),
            title);
  }

  /** How many reports of that title the transaction's tenant sees. */
  static int reports(Serving serving, String title) {
    return requireNonNull(
        serving
            .sql()
            .queryForObject(
                "select count(*) from tenantry_api.research_reports where title = ?",
                Integer.class,
                title));
  }

  static int backend(Serving serving) {
    return requireNonNull(serving.sql().queryForObject("select pg_backend_pid()", Integer.class));
  }

  /** A single number, as superuser. */
  static int asSuperuser(String sql, int argument) {
    try (Connection connection = TestPostgres.shared().connectAsSuperuser(DATABASE);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, argument);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("While asking as superuser", e);
    }
  }

  /** Ends the backend and waits until it is gone. */
  static void terminate(int backend) {
    asSuperuser("select pg_terminate_backend(?, 10000)::int", backend);
  }

  /** The SQLSTATE of the innermost SQL exception, null when there is none. */
  static @Nullable String sqlState(Throwable failure) {
    String state = null;
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql && sql.getSQLState() != null) {
        state = sql.getSQLState();
      }
    }
    return state;
  }
}
