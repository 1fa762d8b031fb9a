package io.tenantry.persistence.prober;

import static io.tenantry.tenancy.finding.FindingCode.CONNECTION_DIRTY;
import static io.tenantry.tenancy.finding.FindingCode.FOREIGN_ROW_WRITABLE;
import static io.tenantry.tenancy.finding.FindingCode.TABLE_GRANT;
import static io.tenantry.tenancy.finding.FindingCode.TENANT_NOT_ENTERED;

import io.tenantry.persistence.connection.CheckoutException;
import io.tenantry.persistence.connection.SharedBackend;
import io.tenantry.tenancy.RequestDeadline;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.failure.SqlStates;
import io.tenantry.tenancy.names.PlatformSchemas;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;

/**
 * One transaction of one tenant on a connection that it shares: looks, then ends in a certain way.
 */
final class Turn {

  private static final String CANCELED = "57014";
  private static final String REPORTS = PlatformSchemas.API + ".research_reports";

  /** For the server alone, and without an end; makes rows one by one and keeps none. */
  private static final String SLOW =
      "select count(*) from (select generate_series(1, 1000000000)) s";

  /** Time for a transaction to begin, and for a slow statement to be ended by its timeout. */
  private static final Duration LITTLE = Duration.ofMillis(50);

  /** A statement that nobody cancels ends by this. */
  private static final Duration NOT_CANCELED = Duration.ofSeconds(2);

  private final SharedBackend backend;
  private final TenantId tenant;
  private final TenantId neighbour;
  private final Seen seen;

  Turn(SharedBackend backend, TenantId tenant, TenantId neighbour, Seen seen) {
    this.backend = backend;
    this.tenant = tenant;
    this.neighbour = neighbour;
    this.seen = seen;
  }

  /**
   * Takes the turn.
   *
   * @param expected the server's process that it has to be, unless a pooler lends processes
   * @return whether the connection can be gone on with
   */
  boolean take(Ending ending, int expected) throws SQLException {
    return switch (ending) {
      case TIMEOUT -> RequestDeadline.call(LITTLE, () -> inTenant(ending, expected));
      case CANCEL -> RequestDeadline.call(NOT_CANCELED, () -> inTenant(ending, expected));
      default -> inTenant(ending, expected);
    };
  }

  private boolean inTenant(Ending ending, int expected) throws SQLException {
    try {
      return TenantContext.<Boolean, SQLException>call(
          tenant,
          () -> {
            try (Connection connection = backend.in(tenant)) {
              int actual = Rows.look(connection, tenant, seen);
              seen.demand(
                  actual == expected || !backend.keepsProcess(),
                  CONNECTION_DIRTY,
                  "a pooled connection",
                  "Two transactions of one connection ran in two processes of the server.");
              end(connection, ending);
            }
            return true;
          });
    } catch (SQLException e) {
      if (CANCELED.equals(Failures.sqlState(e)) && ending == Ending.TIMEOUT && !backend.spoilt()) {
        // Ended earlier than at the slow statement: an ending as good.
        return true;
      }
      if (e instanceof CheckoutException refused && refused.isNotClean()) {
        seen.add(
            CONNECTION_DIRTY,
            "a pooled connection",
            "The guard finds that its session keeps something beyond the transaction.");
        return false;
      }
      throw e;
    }
  }

  private void end(Connection connection, Ending ending) throws SQLException {
    switch (ending) {
      case COMMIT -> connection.commit();
      case ROLLBACK -> connection.rollback();
      case FOREIGN_READ -> readForeign(connection);
      case FOREIGN_WRITE -> writeForeign(connection);
      case TIMEOUT -> runSlowly(connection);
      case CANCEL -> cancel(connection);
    }
  }

  private void readForeign(Connection connection) throws SQLException {
    String table = TenantNames.schema(neighbour) + ".desk_orders";
    try (PreparedStatement statement =
        connection.prepareStatement("select count(*) from " + table)) {
      statement.execute();
      seen.add(TABLE_GRANT, table, "Another tenant's role may read it.");
    } catch (SQLException e) {
      expect(SqlStates.INSUFFICIENT_PRIVILEGE, e);
    }
  }

  /** The role may insert here, so the policy has to refuse it: a missing grant proves nothing. */
  private void writeForeign(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into " + REPORTS + " (tenant_id, id, title, body) values (?, ?, ?, ?)")) {
      statement.setObject(1, neighbour.value());
      statement.setObject(2, UUID.randomUUID());
      statement.setString(3, "probe");
      statement.setString(4, "probe");
      statement.executeUpdate();
      seen.add(FOREIGN_ROW_WRITABLE, REPORTS, "A tenant can insert a row of another.");
    } catch (SQLException e) {
      expect(SqlStates.INSUFFICIENT_PRIVILEGE, e);
      seen.demand(
          Failures.refusedByPolicy(e),
          TENANT_NOT_ENTERED,
          REPORTS,
          "A tenant may insert nothing, so that nobody can see whether a policy would refuse it.");
    }
  }

  private static void runSlowly(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SLOW)) {
      statement.execute();
    } catch (SQLException e) {
      expect(CANCELED, e);
    }
  }

  private static void cancel(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SLOW)) {
      Thread canceller = Thread.ofVirtual().name("prober-cancel").start(() -> cancel(statement));
      try {
        statement.execute();
      } catch (SQLException e) {
        expect(CANCELED, e);
      } finally {
        canceller.interrupt();
        canceller.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("Interrupted while a statement was cancelled.", "57P01", e);
    }
  }

  /** Tries until it is stopped: what does not run yet cannot be cancelled, and is passed over. */
  private static void cancel(Statement statement) {
    try {
      do {
        Thread.sleep(Duration.ofMillis(10));
        statement.cancel();
      } while (!Thread.currentThread().isInterrupted());
    } catch (InterruptedException | SQLException e) {
      // It has ended, or ends by its timeout.
    }
  }

  private static void expect(String state, SQLException failure) throws SQLException {
    if (!state.equals(failure.getSQLState())) {
      throw failure;
    }
  }
}
