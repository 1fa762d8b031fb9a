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

  // An operator's quarantine is not lifted by the next run; one for drift is not by drift.
  private static final String MARK =
      """
      update tenantry_control.tenant_schemas set held_back = true
      where tenant_id = ? and (quarantined_for_drift or ?)
      """;
  private static final String HEALED =
      """
      update tenantry_control.tenant_schemas set held_back = false
      where held_back and failed_changeset is null%s returning tenant_id, quarantined_for_drift
      """;
  private static final String ALL_HEALED = HEALED.formatted("");
  private static final String ONE_HEALED = HEALED.formatted(" and tenant_id = ?");

  private HeldBack() {}

  static void hold(Connection connection, TenantId tenant, By by) throws SQLException {
    boolean ours = Quarantine.set(connection, tenant, true, by);
    MigrationRows.update(connection, MARK, tenant.value(), ours);
  }

  /** Everybody whose failure is over. */
  static void release(Connection connection, By by) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ALL_HEALED)) {
      release(connection, statement, by);
    }
  }

  /** The tenant, if its failure is over. */
  static void release(Connection connection, TenantId tenant, By by) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ONE_HEALED)) {
      statement.setObject(1, tenant.value());
      release(connection, statement, by);
    }
  }

  private static void release(Connection connection, PreparedStatement statement, By by)
      throws SQLException {
    List<TenantId> healed = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        if (!row.getBoolean("quarantined_for_drift")) {
          healed.add(new TenantId(row.getObject("tenant_id", UUID.class)));
        }
      }
    }
    for (TenantId tenant : healed) {
      Quarantine.set(connection, tenant, false, by);
    }
  }
}
