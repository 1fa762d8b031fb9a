package io.tenantry.persistence.connection;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.finding.EntryRefusal;
import io.tenantry.tenancy.finding.Finding;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Proves that the capabilities signed here let a runtime login into a tenant, and that the clocks
 * agree. Reads no tenant's row, and leaves the transaction without a trace. Thread-safe; blocks as
 * borrowing from the pool does, and for one answer.
 */
public final class EntryProof {

  /** A capability that was late, or met a key that was being replaced, is followed by another. */
  private static final int TRIES = 2;

  private final ServingPool pool;
  private final TenantCheckout checkout;
  private final InstantSource clock;

  EntryProof(ServingPool pool, TenantCheckout checkout, InstantSource clock) {
    this.pool = pool;
    this.checkout = checkout;
    this.clock = clock;
  }

  /**
   * What is not as it must be.
   *
   * @param tenants some whose roles are there, tried in order until one lets in: one tenant whose
   *     role alone is broken says nothing about the platform. Where it is empty clocks alone are
   *     compared
   * @param skew by how much the clocks may disagree before it is said
   * @throws TenantryException with {@code database_unavailable} when nothing could be proven, also
   *     because each capability was refused and one of them was over by then
   */
  public List<Finding> findings(List<TenantId> tenants, Duration skew) {
    List<Finding> findings = new ArrayList<>();
    Connection connection = borrowed();
    boolean usable = false;
    try {
      ServerClock.skew(connection, clock, skew).ifPresent(findings::add);
      connection.rollback();
      usable = enters(connection, tenants, findings);
    } catch (SQLException e) {
      usable = false;
      throw away(e);
    } finally {
      giveBack(connection, usable);
    }
    return findings;
  }

  /** Answers whether the connection can be given back: no tenant refused it. */
  private boolean enters(Connection connection, List<TenantId> tenants, List<Finding> findings)
      throws SQLException {
    SQLException refusal = null;
    for (TenantId tenant : tenants) {
      for (int tried = 0; tried < TRIES; tried++) {
        Optional<SQLException> refused = refused(connection, tenant);
        if (refused.isEmpty()) {
          return refusal == null;
        }
        if (!(refusal instanceof LateCapabilityException)) {
          refusal = refused.get();
        }
      }
    }
    if (refusal instanceof LateCapabilityException) {
      throw refusal;
    }
    if (refusal != null) {
      findings.add(EntryRefusal.finding(refusal.getSQLState()));
    }
    return refusal == null;
  }

  /** How the tenant was refused, empty when it was entered; rolled back. */
  private Optional<SQLException> refused(Connection connection, TenantId tenant)
      throws SQLException {
    try {
      checkout.enter(connection, tenant);
      return Optional.empty();
    } catch (SQLException e) {
      if (!EntryRefusal.is(e.getSQLState())) {
        throw e;
      }
      return Optional.of(e);
    } finally {
      connection.rollback();
    }
  }

  private Connection borrowed() {
    try {
      return pool.borrow();
    } catch (SQLException e) {
      throw away(e);
    }
  }

  private void giveBack(Connection connection, boolean usable) {
    if (!usable) {
      pool.evict(connection);
    }
    try {
      connection.close();
    } catch (SQLException e) {
      pool.evict(connection);
    }
  }

  private static TenantryException away(SQLException cause) {
    return new TenantryException(
        ErrorCode.DATABASE_UNAVAILABLE,
        "A runtime login could not be tried (SQLSTATE " + cause.getSQLState() + ").",
        cause);
  }
}
