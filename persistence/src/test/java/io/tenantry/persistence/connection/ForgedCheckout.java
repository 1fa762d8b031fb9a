package io.tenantry.persistence.connection;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.capability.CapabilityKey;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Takes one tenant's role and enters another with a code of its own making. */
final class ForgedCheckout extends TenantCheckout {

  private static final CapabilityKey GUESSED = new CapabilityKey(1, new byte[32]);

  private final TenantId role;
  private final TenantId target;

  ForgedCheckout(TenantId role, TenantId target) {
    super(
        new CapabilitySigner(() -> GUESSED, InstantSource.system(), Duration.ofSeconds(4), ""),
        Probe.TIMEOUT,
        Probe.TIMEOUT);
    this.role = role;
    this.target = target;
  }

  @Override
  void enter(Connection physical, TenantId tenant) throws SQLException {
    String sql =
        "set local role "
            + TenantNames.role(role)
            + "; select tenantry_guard.enter(?, 1, ?, ?, 10000, 2000)";
    try (PreparedStatement statement = physical.prepareStatement(sql)) {
      statement.setObject(1, target.value());
      statement.setLong(2, Instant.now().getEpochSecond() + 4);
      statement.setBytes(3, new byte[32]);
      statement.execute();
    }
  }
}
