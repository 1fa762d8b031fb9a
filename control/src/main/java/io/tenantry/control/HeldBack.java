package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Quarantines the tenants that a run could not bring where the code needs them. */
final class HeldBack {

  private static final String QUARANTINE =
      "update tenantry_control.tenants set quarantined = true where id = ? and not quarantined";
  private static final String MARK =
      """
      update tenantry_control.tenant_schemas set held_back = true
      where tenant_id = ? and (quarantined_for_drift or ?)
      """;
  private static final String HEALED =
      """
      update tenantry_control.tenant_schemas set held_back = false
      where held_back and failed_changeset is null returning tenant_id
      """;
  // Drift has reasons of its own for a quarantine.
  private static final String LIFT =
      """
      update tenantry_control.tenants t set quarantined = false
      where t.id = ? and t.quarantined and not exists (
        select from tenantry_control.tenant_schemas s where s.tenant_id = t.id and s.quarantined_for_drift)
      """;

  private HeldBack() {}

  static void hold(Connection connection, TenantId tenant, By by) throws SQLException {
    // A quarantine that is an operator's is not lifted by the next run; one for drift is not by
    // drift.
    boolean ours = changed(connection, QUARANTINE, tenant.value(), "tenant.quarantine", by);
    try (PreparedStatement statement = connection.prepareStatement(MARK)) {
      statement.setObject(1, tenant.value());
      statement.setBoolean(2, ours);
      statement.executeUpdate();
    }
  }

  static void release(Connection connection, By by) throws SQLException {
    List<UUID> healed = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(HEALED);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        healed.add(row.getObject(1, UUID.class));
      }
    }
    for (UUID tenant : healed) {
      changed(connection, LIFT, tenant, "tenant.unquarantine", by);
    }
  }

  private static boolean changed(
      Connection connection, String sql, UUID tenant, String action, By by) throws SQLException {
    if (TenantStore.lock(connection, new TenantId(tenant)).isEmpty()) {
      // A schema that is made ahead.
      return false;
    }
    String before = AuditLog.image(connection, tenant);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, tenant);
      if (statement.executeUpdate() == 0) {
        return false;
      }
    }
    AuditLog.tenantChanged(connection, tenant, action, by, before);
    return true;
  }
}
