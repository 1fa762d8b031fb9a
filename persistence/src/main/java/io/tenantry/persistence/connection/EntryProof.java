package io.tenantry.persistence.connection;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.finding.ClockSkew;
import io.tenantry.tenancy.finding.Finding;
import io.tenantry.tenancy.finding.FindingCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Proves that the capabilities signed here let a runtime login into a tenant, and that the clocks
 * agree. Reads no tenant's row, and leaves the transaction without a trace. Thread-safe; blocks as
 * borrowing from the pool does, and for one answer.
 */
public final class EntryProof {

  /** insufficient_privilege, and what SET ROLE answers for a role that is not there. */
  private static final Set<String> REFUSALS = Set.of("42501", "22023");

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
   * @throws TenantryException with {@code database_unavailable} when nothing could be proven
   */
  public List<Finding> findings(List<TenantId> tenants, Duration skew) {
    List<Finding> findings = new ArrayList<>();
    Connection connection = borrowed();
    boolean usable = false;
    try {
      compareClocks(connection, skew, findings);
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
    String refusal = null;
    for (TenantId tenant : tenants) {
      Optional<String> state = refused(connection, tenant);
      if (state.isEmpty()) {
        return refusal == null;
      }
      refusal = state.get();
    }
    if (refusal != null) {
      findings.add(
          new Finding(
              FindingCode.CAPABILITY_REFUSED,
              "tenantry_guard.enter",
              "A runtime login was not let into a tenant (SQLSTATE "
                  + refusal
                  + "). The key here has to be one of the database's, and capabilities live for 5 s"
                  + " by its clock."));
    }
    return refusal == null;
  }

  /** The SQLSTATE by which the tenant was refused, empty when it was entered; rolled back. */
  private Optional<String> refused(Connection connection, TenantId tenant) throws SQLException {
    try {
      checkout.enter(connection, tenant);
      return Optional.empty();
    } catch (SQLException e) {
      if (e.getSQLState() == null || !REFUSALS.contains(e.getSQLState())) {
        throw e;
      }
      return Optional.of(e.getSQLState());
    } finally {
      connection.rollback();
    }
  }

  private void compareClocks(Connection connection, Duration skew, List<Finding> findings)
      throws SQLException {
    Instant before = clock.instant();
    long micros;
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select (extract(epoch from clock_timestamp()) * 1000000)::bigint")) {
      row.next();
      micros = row.getLong(1);
    }
    Instant after = clock.instant();
    Instant there = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    ClockSkew.of(before, there, after, skew).ifPresent(findings::add);
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
