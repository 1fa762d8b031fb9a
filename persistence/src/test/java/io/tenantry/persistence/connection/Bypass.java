package io.tenantry.persistence.connection;

import io.tenantry.persistence.Serving;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.capability.Capability;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Consumer;
import org.springframework.context.support.GenericApplicationContext;

/** What the fence does not let anybody do, for tests that want it done. */
public final class Bypass {

  private Bypass() {}

  /** Runs SQL on a connection of the pool, as its login, and answers the server's process id. */
  public static int run(Serving serving, String sql) throws SQLException {
    try (Connection raw = serving.bean(ServingPool.class).borrow();
        Statement statement = raw.createStatement()) {
      statement.execute(sql);
      raw.commit();
      return backend(raw);
    }
  }

  /** The server's process id of a connection of the pool. */
  public static int backend(Serving serving) throws SQLException {
    try (Connection raw = serving.bean(ServingPool.class).borrow()) {
      return backend(raw);
    }
  }

  private static int backend(Connection raw) throws SQLException {
    try (Statement statement = raw.createStatement();
        ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    } finally {
      raw.rollback();
    }
  }

  /** A checkout that takes the role for the session, where it should be for the transaction. */
  public static Consumer<GenericApplicationContext> checkoutForTheSession(CapabilitySigner signer) {
    return context ->
        context.registerBean(
            "tenantCheckout", TenantCheckout.class, () -> new SessionCheckout(signer));
  }

  /** The checkout as it is, with capabilities of another signer. */
  public static Consumer<GenericApplicationContext> checkoutBy(CapabilitySigner signer) {
    return context ->
        context.registerBean(
            "tenantCheckout",
            TenantCheckout.class,
            () -> new TenantCheckout(signer, Duration.ofSeconds(10), Duration.ofSeconds(2)));
  }

  private static final class SessionCheckout extends TenantCheckout {

    private final CapabilitySigner signer;

    SessionCheckout(CapabilitySigner signer) {
      super(signer, Duration.ofSeconds(10), Duration.ofSeconds(2));
      this.signer = signer;
    }

    @Override
    void enter(Connection physical, TenantId tenant) throws SQLException {
      Capability capability = signer.sign(tenant);
      try (PreparedStatement statement =
          physical.prepareStatement(
              "set role \""
                  + TenantNames.role(tenant)
                  + "\"; select tenantry_guard.enter(?, ?, ?, ?, 10000, 2000)")) {
        statement.setObject(1, capability.tenant().value());
        statement.setInt(2, capability.keyId());
        statement.setLong(3, capability.expires());
        statement.setBytes(4, capability.mac());
        statement.execute();
      }
    }
  }
}
