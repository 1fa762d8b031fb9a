package io.tenantry.control;

import io.tenantry.tenancy.Canaries;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantSlug;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads which tenants a run has yet to change, and writes down whom it will. */
final class TaskRows {

  // By a hash of the id, since ids are in the order of time: the oldest are not always first.
  private static final String IN_NEED =
      """
      select s.tenant_id, s.version, coalesce(t.slug = any (?), false) as first
      from tenantry_control.tenant_schemas s left join tenantry_control.tenants t on t.id = s.tenant_id
      where s.version = any (?) and not exists (
        select from tenantry_control.migration_results x
        where x.run_id = ? and x.tenant_id = s.tenant_id)
      order by first desc, md5(s.tenant_id::text)
      """;
  private static final String CHANGED_BY =
      """
      select x.tenant_id, s.version, coalesce(t.slug = any (?), false) as first, x.from_version
      from tenantry_control.migration_results x
      join tenantry_control.tenant_schemas s on s.tenant_id = x.tenant_id and s.changed_run_id = x.run_id
      left join tenantry_control.tenants t on t.id = x.tenant_id
      where x.run_id = ? and s.version <> x.from_version
        and not exists (select from tenantry_control.migration_results y
          where y.run_id = ? and y.tenant_id = x.tenant_id)
      order by first desc, md5(x.tenant_id::text)
      """;
  private static final String ADD =
      """
      insert into tenantry_control.migration_results (run_id, tenant_id, wave, from_version, to_version)
      select ?, n.tenant_id, n.wave, n.from_version, n.to_version
      from unnest(?::uuid[], ?::int[], ?::text[], ?::text[]) n (tenant_id, wave, from_version, to_version)
      -- Held until the commit: a purge takes that row away before it looks for what is left.
      join tenantry_control.tenant_schemas s on s.tenant_id = n.tenant_id
      for key share of s
      on conflict do nothing
      """;
  private static final String PENDING =
      """
      select x.tenant_id, x.wave, coalesce(s.version, x.from_version) as at_version, x.to_version,
        x.attempts
      from tenantry_control.migration_results x
      left join tenantry_control.tenant_schemas s on s.tenant_id = x.tenant_id
      where x.run_id = ? and x.state = 'PENDING'
        and x.wave = (select min(y.wave) from tenantry_control.migration_results y
          where y.run_id = ? and y.state = 'PENDING')
      order by md5(x.tenant_id::text)
      """;

  private TaskRows() {}

  static List<WaitingTenant> inNeed(
      Connection connection, UUID run, List<String> canaries, List<String> versions)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(IN_NEED)) {
      statement.setArray(1, slugs(connection, canaries));
      statement.setArray(2, connection.createArrayOf("text", versions.toArray()));
      statement.setObject(3, run);
      return waiting(statement, false);
    }
  }

  static List<WaitingTenant> changedBy(
      Connection connection, UUID reverted, UUID run, List<String> canaries) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CHANGED_BY)) {
      statement.setArray(1, slugs(connection, canaries));
      statement.setObject(2, reverted);
      statement.setObject(3, run);
      return waiting(statement, true);
    }
  }

  static void add(Connection connection, UUID run, List<MigrationTask> tasks) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ADD)) {
      statement.setObject(1, run);
      statement.setArray(
          2,
          connection.createArrayOf(
              "uuid", tasks.stream().map(task -> task.tenant().value()).toArray()));
      statement.setArray(
          3, connection.createArrayOf("int4", tasks.stream().map(MigrationTask::wave).toArray()));
      statement.setArray(
          4,
          connection.createArrayOf("text", tasks.stream().map(MigrationTask::atVersion).toArray()));
      statement.setArray(
          5,
          connection.createArrayOf("text", tasks.stream().map(MigrationTask::toVersion).toArray()));
      statement.executeUpdate();
    }
  }

  static List<MigrationTask> pending(Connection connection, UUID run) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PENDING)) {
      statement.setObject(1, run);
      statement.setObject(2, run);
      List<MigrationTask> tasks = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          tasks.add(
              new MigrationTask(
                  new TenantId(row.getObject("tenant_id", UUID.class)),
                  row.getInt("wave"),
                  row.getString("at_version"),
                  row.getString("to_version"),
                  row.getInt("attempts")));
        }
      }
      return tasks;
    }
  }

  private static Array slugs(Connection connection, List<String> canaries) throws SQLException {
    Object[] slugs =
        canaries.isEmpty()
            ? Canaries.PAIR.stream().map(TenantSlug::value).toArray()
            : canaries.toArray();
    return connection.createArrayOf("text", slugs);
  }

  private static List<WaitingTenant> waiting(PreparedStatement statement, boolean back)
      throws SQLException {
    List<WaitingTenant> all = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        all.add(
            new WaitingTenant(
                new TenantId(row.getObject("tenant_id", UUID.class)),
                row.getString("version"),
                row.getBoolean("first"),
                back ? row.getString("from_version") : null));
      }
    }
    return all;
  }
}
