package io.tenantry.control;

import io.tenantry.tenancy.TenantState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes rows of the tenant directory, each with its audit event. */
final class TenantWrites {

  private static final String INSERT =
      """
      insert into tenantry_control.tenants as t
        (id, slug, display_name, tier, labels, requests_per_second, burst, max_connections,
         deletion_protection, retention_days)
      values (?, ?, ?, ?, jsonb_object(?::text[], ?::text[]), ?, ?, ?, ?, ?)
      on conflict (slug) where state <> 'PURGED' do nothing
      returning
      """
          + TenantRows.COLUMNS;
  private static final String UPDATE =
      """
      update tenantry_control.tenants as t set
        display_name = ?, tier = ?, labels = jsonb_object(?::text[], ?::text[]),
        requests_per_second = ?, burst = ?, max_connections = ?,
        deletion_protection = ?, retention_days = ?, state = ?
      where t.id = ?
      returning
      """
          + TenantRows.COLUMNS;
  private static final String DEFAULT_TIER = "standard";
  private static final int DEFAULT_RETENTION_DAYS = 30;

  private TenantWrites() {}

  /**
   * Takes one that was made ahead, if there is one; else leaves an operation for the provisioner.
   * Empty when another transaction has made a tenant of that slug meanwhile.
   */
  static Optional<PutOutcome.Created> create(Connection connection, TenantSpec spec, By by)
      throws SQLException {
    Optional<PreparedClaim> ahead = PreparedClaim.pick(connection);
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setObject(1, ahead.map(PreparedClaim::id).orElseGet(Ids::next));
      statement.setString(2, spec.slug().value());
      TenantLimits limits = or(spec.limits(), TenantLimits.DEFAULTS);
      int next =
          bind(
              statement,
              3,
              or(spec.displayName(), spec.slug().value()),
              or(spec.tier(), DEFAULT_TIER),
              or(spec.labels(), Map.of()),
              limits);
      statement.setBoolean(next, or(spec.deletionProtection(), true));
      statement.setInt(next + 1, or(spec.retentionDays(), DEFAULT_RETENTION_DAYS));
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        Tenant tenant = TenantRows.read(row);
        String image =
            AuditLog.tenantChanged(connection, tenant.id().value(), "tenant.create", by, null);
        if (ahead.isPresent()) {
          return Optional.of(ahead.get().complete(connection, image, by));
        }
        Operation operation =
            OperationRows.insert(connection, OperationKind.PROVISION, tenant.id(), by);
        return Optional.of(new PutOutcome.Created(tenant, operation));
      }
    }
  }

  static PutOutcome change(Connection connection, Tenant old, TenantSpec spec, By by)
      throws SQLException {
    Optional<Operation> pending = OperationRows.unfinished(connection, old.id());
    String displayName = or(spec.displayName(), old.displayName());
    String tier = or(spec.tier(), old.tier());
    Map<String, String> labels = or(spec.labels(), old.labels());
    TenantLimits limits = or(spec.limits(), old.limits());
    boolean protection = or(spec.deletionProtection(), old.deletionProtection());
    int retention = or(spec.retentionDays(), old.retentionDays());
    TenantState state = PutRules.stateFor(old, spec.suspended());
    if (displayName.equals(old.displayName())
        && tier.equals(old.tier())
        && labels.equals(old.labels())
        && limits.equals(old.limits())
        && protection == old.deletionProtection()
        && retention == old.retentionDays()
        && state == old.state()) {
      return new PutOutcome.Unchanged(old, pending);
    }
    UUID id = old.id().value();
    String before = AuditLog.image(connection, id);
    try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
      int next = bind(statement, 1, displayName, tier, labels, limits);
      statement.setBoolean(next, protection);
      statement.setInt(next + 1, retention);
      statement.setString(next + 2, state.name());
      statement.setObject(next + 3, id);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        Tenant tenant = TenantRows.read(row);
        String action = state == old.state() ? "tenant.update" : TenantTransitions.action(state);
        AuditLog.tenantChanged(connection, id, action, by, before);
        return new PutOutcome.Updated(tenant, pending);
      }
    }
  }

  private static int bind(
      PreparedStatement statement,
      int at,
      String displayName,
      String tier,
      Map<String, String> labels,
      TenantLimits limits)
      throws SQLException {
    Connection connection = statement.getConnection();
    statement.setString(at, displayName);
    statement.setString(at + 1, tier);
    statement.setArray(at + 2, TenantRows.labelNames(connection, labels));
    statement.setArray(at + 3, TenantRows.labelValues(connection, labels));
    statement.setObject(at + 4, limits.requestsPerSecond(), Types.INTEGER);
    statement.setObject(at + 5, limits.burst(), Types.INTEGER);
    statement.setObject(at + 6, limits.maxConnections(), Types.INTEGER);
    return at + 7;
  }

  private static <T> T or(@Nullable T value, T otherwise) {
    return Objects.requireNonNullElse(value, otherwise);
  }
}
