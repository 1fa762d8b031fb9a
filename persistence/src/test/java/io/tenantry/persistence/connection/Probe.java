package io.tenantry.persistence.connection;

import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Looks for rows of one tenant as another, through the real pool, and says what came of it. */
final class Probe {

  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final ServingPool pool;
  private final TenantId reader;
  private final TenantId sought;

  Probe(ServingPool pool, TenantId reader, TenantId sought) {
    this.pool = pool;
    this.reader = reader;
    this.sought = sought;
  }

  /**
   * What a look came to: a number of rows, or a refusal.
   *
   * @param rows -1 when it was refused
   * @param sqlState null unless it was refused
   */
  record Seen(int rows, @Nullable String sqlState) {

    static Seen rows(int rows) {
      return new Seen(rows, null);
    }

    static Seen refused(@Nullable String sqlState) {
      return new Seen(-1, sqlState);
    }
  }

  /** Looks into the sought tenant's own schema. */
  Seen order(TenantCheckout checkout) {
    return look(checkout, TenantNames.schema(sought) + ".desk_orders");
  }

  /** Looks into the schema that all share. */
  Seen report(TenantCheckout checkout) {
    return look(checkout, "tenantry_api.research_reports");
  }

  private Seen look(TenantCheckout checkout, String table) {
    return TenantContext.call(reader, () -> lookInside(checkout, table));
  }

  private Seen lookInside(TenantCheckout checkout, String table) {
    String sql = "select count(*) from " + table + " where tenant_id = ?";
    try (Connection connection = new FencedConnection(pool, checkout, new SqlGuard(), reader);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, sought.value());
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return Seen.rows(result.getInt(1));
      }
    } catch (SQLException e) {
      return Seen.refused(e.getSQLState());
    }
  }
}
