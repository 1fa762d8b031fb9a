package io.tenantry.control.catalog;

import io.tenantry.control.ControlException;
import io.tenantry.control.SqlFailures;
import io.tenantry.control.SqlWork;
import io.tenantry.tenancy.Canaries;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantState;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.finding.Finding;
import io.tenantry.tenancy.finding.FindingCode;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
      "select id from tenantry_control.tenants where state = any (?)"
          + " order by slug = any (?) desc, state, id limit 3";

  private static final Object[] STATES_IN_PLACE =
      Arrays.stream(TenantState.values())
          .filter(TenantState::inPlace)
          .map(TenantState::name)
          .toArray();

  private static final String DRIFTED =
      """
      select s.tenant_id, s.version from tenantry_control.tenant_schemas s
      join tenantry_control.tenants t on t.id = s.tenant_id
      where s.drifted and not t.quarantined and t.state in ('ACTIVE', 'SUSPENDED', 'RESTORING')
      order by s.tenant_id
      """;

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
            statement.setArray(1, connection.createArrayOf("text", STATES_IN_PLACE));
            statement.setArray(2, connection.createArrayOf("text", Canaries.slugs()));
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

  /**
   * Tenants whose schema was not that of its version when it was last looked at, and that are not
   * quarantined. By what the registry says: reads no catalog, so it takes a control login.
   */
  public List<Finding> drifted() {
    return reading(
        "reading what has drifted",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(DRIFTED);
              ResultSet row = statement.executeQuery()) {
            List<Finding> findings = new ArrayList<>();
            while (row.next()) {
              findings.add(
                  new Finding(
                      FindingCode.SCHEMA_DRIFTED,
                      TenantNames.schema(new TenantId(row.getObject(1, UUID.class))),
                      "It is not what the changesets up to " + row.getString(2) + " make."));
            }
            return List.copyOf(findings);
          }
        });
  }

  private <T> T reading(String doing, SqlWork<T> work) {
    try (Connection connection = source.getConnection()) {
      return OneView.of(connection, work);
    } catch (SQLException e) {
      throw SqlFailures.translate(doing, e);
    }
  }
}
