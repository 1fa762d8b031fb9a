package io.tenantry.persistence.connection;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.capability.Capability;
import io.tenantry.tenancy.capability.CapabilitySigner;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Enters with the tenant's own valid capability, but in another role. */
final class WrongRoleCheckout extends TenantCheckout {

  private final CapabilitySigner signer;
  private final String role;

  WrongRoleCheckout(CapabilitySigner signer, String role) {
    super(signer, Probe.TIMEOUT, Probe.TIMEOUT);
    this.signer = signer;
    this.role = role;
  }

  @Override
  void enter(Connection physical, TenantId tenant) throws SQLException {
    Capability capability = signer.sign(tenant);
    String sql =
        "set local role " + role + "; select tenantry_guard.enter(?, ?, ?, ?, 10000, 2000)";
    try (PreparedStatement statement = physical.prepareStatement(sql)) {
      statement.setObject(1, capability.tenant().value());
      statement.setInt(2, capability.keyId());
      statement.setLong(3, capability.expires());
      statement.setBytes(4, capability.mac());
      statement.execute();
    }
  }
}
