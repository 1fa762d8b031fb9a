package io.tenantry.bench.onboarding;

import io.tenantry.tenancy.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Makes tenants that are only there to be many: by SQL, fifty at a time, with nothing proven. */
final class FastTenants {

  private static final int BATCH = 50;

  private final PooledPlatform platform;
  private final OtherWays ways;

  FastTenants(PooledPlatform platform, OtherWays ways) {
    this.platform = platform;
    this.ways = ways;
  }

  /**
   * Makes as many as there are too few.
   *
   * @param version of their schemas
   */
  void fillTo(int count, String version) throws SQLException {
    try (Connection superuser = platform.superuser()) {
      for (int missing = count - count(superuser); missing > 0; missing -= BATCH) {
        List<TenantId> batch = new ArrayList<>();
        for (int i = 0; i < Math.min(missing, BATCH); i++) {
          batch.add(new TenantId(UUID.randomUUID()));
        }
        ways.makeRoles(batch);
        for (TenantId tenant : batch) {
          ways.makeTables(tenant);
        }
        enter(superuser, batch, version);
      }
      run(superuser, "analyze");
    }
  }

  static int count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from tenantry_control.tenants")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void enter(Connection connection, List<TenantId> batch, String version)
      throws SQLException {
    Object[] ids = batch.stream().map(TenantId::value).toArray();
    for (String sql :
        List.of(
            "insert into tenantry_control.tenants (id, slug, display_name)"
                + " select i, 'fast-' || left(i::text, 8) || right(i::text, 12), 'Fast'"
                + " from unnest(?::uuid[]) i",
            "update tenantry_control.tenants set state = 'PROVISIONING' where id = any (?)",
            "update tenantry_control.tenants set state = 'ACTIVE' where id = any (?)",
            "insert into tenantry_api.api_isolation_probes (tenant_id, id)"
                + " select i, i from unnest(?::uuid[]) i",
            "insert into tenantry_control.tenant_schemas (tenant_id, version)"
                + " select i, '"
                + version
                + "' from unnest(?::uuid[]) i")) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setArray(1, connection.createArrayOf("uuid", ids));
        statement.executeUpdate();
      }
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
