package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads rows of the tenant directory. */
final class TenantRows {

  /**
   * What {@link #read} wants, of a table called {@code t}. Labels come as two arrays and go as two
   * arrays: the server makes and reads the JSON, so this module needs no library for it.
   */
  static final String COLUMNS =
      """
      t.id, t.slug, t.display_name, t.tier, t.requests_per_second, t.burst, t.max_connections,
      t.state, t.quarantined, t.deletion_protection, t.retention_days,
      (select s.version from tenantry_control.tenant_schemas s where s.tenant_id = t.id)
        as schema_version,
      t.state_before_offboarding, t.deleted_at, t.purge_after, t.purge_begun_at,
      t.hold_reason, t.hold_by, t.hold_since, t.version, t.change_number, t.created_at, t.updated_at,
      array(select e.key from jsonb_each_text(t.labels) e order by e.key) as label_names,
      array(select coalesce(e.value, '') from jsonb_each_text(t.labels) e order by e.key)
        as label_values
      """;

  private TenantRows() {}

  static Tenant read(ResultSet row) throws SQLException {
    String before = row.getString("state_before_offboarding");
    return new Tenant(
        new TenantId(row.getObject("id", UUID.class)),
        new TenantSlug(row.getString("slug")),
        row.getString("display_name"),
        row.getString("tier"),
        labels(row),
        new TenantLimits(
            integer(row, "requests_per_second"),
            integer(row, "burst"),
            integer(row, "max_connections")),
        TenantState.valueOf(row.getString("state")),
        row.getBoolean("quarantined"),
        row.getBoolean("deletion_protection"),
        row.getInt("retention_days"),
        row.getString("schema_version"),
        before == null ? null : TenantState.valueOf(before),
        end(row),
        row.getLong("version"),
        row.getLong("change_number"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }

  private static TenantEnd end(ResultSet row) throws SQLException {
    String reason = row.getString("hold_reason");
    Instant since = instant(row, "hold_since");
    return new TenantEnd(
        instant(row, "deleted_at"),
        instant(row, "purge_after"),
        instant(row, "purge_begun_at"),
        reason == null || since == null
            ? null
            : new LegalHold(reason, row.getString("hold_by"), since));
  }

  static List<Tenant> readAll(ResultSet rows) throws SQLException {
    List<Tenant> tenants = new ArrayList<>();
    while (rows.next()) {
      tenants.add(read(rows));
    }
    return tenants;
  }

  static Array labelNames(Connection connection, Map<String, String> labels) throws SQLException {
    return connection.createArrayOf("text", new TreeMap<>(labels).keySet().toArray());
  }

  static Array labelValues(Connection connection, Map<String, String> labels) throws SQLException {
    return connection.createArrayOf("text", new TreeMap<>(labels).values().toArray());
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static Map<String, String> labels(ResultSet row) throws SQLException {
    String[] names = (String[]) row.getArray("label_names").getArray();
    String[] values = (String[]) row.getArray("label_values").getArray();
    SortedMap<String, String> labels = new TreeMap<>();
    for (int i = 0; i < names.length; i++) {
      labels.put(names[i], values[i]);
    }
    return labels;
  }

  private static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }
}
