package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.TenantryException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads the platform's audit. Thread-safe; each call is one transaction of a control login, blocks
 * on the database, and throws {@code TenantryException} with {@code database_unavailable} when the
 * database is away.
 */
public final class PlatformAudit {

  private static final String SELECT =
      """
      select a.id, a.occurred_at, a.actor, a.action, a.tenant_id, a.request_id,
        a.before::text as before, a.after::text as after
      from tenantry_control.audit_events a where true
      """;
  // A slug may look like an id; both are asked for.
  private static final String OF_TENANT =
      " and a.tenant_id in (select t.id from tenantry_control.tenants t"
          + " where t.slug = ? or t.id = ?)";
  private static final UUID NOBODY = new UUID(0, 0);

  private final ControlTransactions transactions;

  public PlatformAudit(DataSource control) {
    this.transactions = new ControlTransactions(control);
  }

  /**
   * Lists events, newest first by time and id.
   *
   * @param most above 0
   * @param beforeTime begins behind the event of this time and {@code beforeId}; null: at the
   *     newest. Both or neither
   */
  public List<PlatformAuditEvent> list(
      PlatformAuditFilter filter, int most, @Nullable Instant beforeTime, @Nullable UUID beforeId) {
    StringBuilder sql = new StringBuilder(SELECT);
    List<Object> values = new ArrayList<>();
    if (filter.action() != null) {
      sql.append(" and a.action = ?");
      values.add(filter.action());
    }
    if (filter.tenant() != null) {
      sql.append(OF_TENANT);
      values.add(filter.tenant());
      values.add(id(filter.tenant()));
    }
    if (filter.from() != null) {
      sql.append(" and a.occurred_at >= ?");
      values.add(filter.from().atOffset(ZoneOffset.UTC));
    }
    if (filter.to() != null) {
      sql.append(" and a.occurred_at < ?");
      values.add(filter.to().atOffset(ZoneOffset.UTC));
    }
    if (beforeTime != null && beforeId != null) {
      sql.append(" and (a.occurred_at, a.id) < (?, ?)");
      values.add(beforeTime.atOffset(ZoneOffset.UTC));
      values.add(beforeId);
    }
    sql.append(" order by a.occurred_at desc, a.id desc limit ?");
    values.add(most);
    return transactions.call(
        "reading the platform's audit",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            for (int i = 0; i < values.size(); i++) {
              statement.setObject(i + 1, values.get(i));
            }
            List<PlatformAuditEvent> events = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                events.add(event(rows));
              }
            }
            return events;
          }
        });
  }

  private static PlatformAuditEvent event(ResultSet row) throws SQLException {
    return new PlatformAuditEvent(
        row.getObject("id", UUID.class),
        row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
        row.getString("actor"),
        row.getString("action"),
        row.getObject("tenant_id", UUID.class),
        row.getString("request_id"),
        row.getString("before"),
        row.getString("after"));
  }

  private static UUID id(String text) {
    try {
      return TenantId.parse(text).value();
    } catch (TenantryException e) {
      return NOBODY;
    }
  }
}
