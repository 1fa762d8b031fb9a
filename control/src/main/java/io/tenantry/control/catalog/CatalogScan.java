package io.tenantry.control.catalog;

import io.tenantry.control.ControlException;
import io.tenantry.control.SqlFailures;
import io.tenantry.control.SqlWork;
import io.tenantry.tenancy.Canaries;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.finding.Finding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Looks at the catalog through a data source, in a transaction that can change nothing.
 * Thread-safe; blocks on the database. Failures say nothing about isolation: {@link
 * TenantryException} where the database is away, else {@link ControlException}.
 */
public final class CatalogScan {

  private static final String TENANTS_IN_PLACE =
      "select id from tenantry_control.tenants where state in ('ACTIVE', 'SUSPENDED')"
          + " order by slug = any (?) desc, state, id limit 3";

  private final DataSource source;

  /**
   * @param source a control login's
   */
  public CatalogScan(DataSource source) {
    this.source = source;
  }

  /** The part that does not grow with the number of tenants. */
  public List<Finding> quick() {
    return reading("looking at the catalog", CatalogLinter::quick);
  }

  /**
   * All of it.
   *
   * @param timeout for each statement, in place of the connection's own; at least 1 ms
   */
  public List<Finding> full(Duration timeout) {
    int millis = Math.toIntExact(timeout.toMillis());
    return reading(
        "looking at every tenant's catalog",
        connection -> {
          connection.setNetworkTimeout(Runnable::run, millis);
          try (Statement statement = connection.createStatement()) {
            statement.execute("set local statement_timeout = " + millis);
          }
          return CatalogLinter.full(connection);
        });
  }

  /** Schemas of tenants that nobody knows; part of {@link #full} where the login may read that. */
  public List<Finding> orphans() {
    return reading("looking for orphans", CatalogLinter::orphans);
  }

  /**
   * Up to three tenants whose role and schema are there, canaries before all others; empty on a
   * platform without tenants.
   */
  public List<TenantId> tenantsInPlace() {
    return reading(
        "looking for tenants",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(TENANTS_IN_PLACE)) {
            statement.setArray(
                1,
                connection.createArrayOf(
                    "text", Canaries.PAIR.stream().map(TenantSlug::value).toArray()));
            try (ResultSet row = statement.executeQuery()) {
              List<TenantId> tenants = new ArrayList<>();
              while (row.next()) {
                tenants.add(new TenantId(row.getObject(1, UUID.class)));
              }
              return List.copyOf(tenants);
            }
          }
        });
  }

  /** Rolled back in any case: nothing was changed, and what was set for it goes away. */
  private <T> T reading(String doing, SqlWork<T> work) {
    try (Connection connection = source.getConnection()) {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      try {
        // One view for all statements: a change in between would look like half of it.
        try (Statement statement = connection.createStatement()) {
          statement.execute("set transaction isolation level repeatable read, read only");
        }
        return work.run(connection);
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
        connection.setReadOnly(false);
      }
    } catch (SQLException e) {
      throw SqlFailures.translate(doing, e);
    }
  }
}
