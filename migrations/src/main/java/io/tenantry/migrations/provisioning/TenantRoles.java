package io.tenantry.migrations.provisioning;

import io.tenantry.control.LeaseLostException;
import io.tenantry.control.SqlFailures;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.names.PlatformRoles;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/** Makes the roles and schemas of tenants, and drops roles, as the migrator itself. Thread-safe. */
public final class TenantRoles {

  /** Concurrent changes of roles fail with "tuple concurrently updated"; so they take turns. */
  private static final long ROLE_CHANGES = 0x726f_6c65_7321L;

  private static final String DEPENDED_ON = "2BP01";
  private static final Duration LONGEST_TURN = Duration.ofSeconds(30);

  /** Attributes and memberships a tenant's role must not have, and anything it owns. */
  private static final String UNFIT_ROLE =
      """
      select r.rolcanlogin or r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolreplication
        or r.rolbypassrls or not r.rolinherit
        or exists (select from pg_shdepend d
          where d.refclassid = 'pg_authid'::regclass and d.refobjid = r.oid and d.deptype = 'o')
        or exists (select from pg_auth_members m
          where m.member = r.oid and m.roleid <> 'tenantry_tenant'::regrole)
      from pg_roles r where r.rolname = ?
      """;

  private static final String UNFIT_SCHEMA =
      """
      select pg_get_userbyid(n.nspowner) <> 'tenantry_owner'
      from pg_namespace n where n.nspname = ?
      """;

  private static final String HOLD =
      """
      select from tenantry_control.prepared_tenants p
      where p.tenant_id = ? and p.worker = ? and p.state = 'MAKING'
        -- Whoever can write that table must not have a tenant's schema thrown away.
        and not exists (select from tenantry_control.tenants t where t.id = p.tenant_id)
      for update
      """;

  private final DataSource migrator;

  /**
   * @param migrator the DDL login; may be a pool
   */
  public TenantRoles(DataSource migrator) {
    this.migrator = migrator;
  }

  /** Refuses names that something other than an earlier try of ours has taken. */
  void reserveNames(TenantId tenant) {
    try (Connection connection = migrator.getConnection()) {
      if (is(connection, UNFIT_ROLE, TenantNames.role(tenant))) {
        throw taken("Role " + TenantNames.role(tenant));
      }
      if (is(connection, UNFIT_SCHEMA, TenantNames.schema(tenant))) {
        throw taken("Schema " + TenantNames.schema(tenant));
      }
    } catch (SQLException e) {
      throw SqlFailures.translate("looking at a tenant's names", e);
    }
  }

  void createRole(TenantId tenant) {
    createRoles(List.of(tenant));
  }

  /** All in one commit: each that changes roles costs every backend its list of memberships. */
  void createRoles(List<TenantId> tenants) {
    try (Connection connection = migrator.getConnection();
        Statement statement = connection.createStatement()) {
      takeTurn(connection, statement);
      for (TenantId tenant : tenants) {
        String role = TenantNames.role(tenant);
        String quoted = statement.enquoteIdentifier(role, true);
        if (!is(connection, "select true from pg_roles r where r.rolname = ?", role)) {
          statement.execute("create role " + quoted + " nologin inherit");
        }
        statement.execute("grant " + PlatformRoles.TENANT + " to " + quoted);
        // The group is NOINHERIT, so it gets the membership without inheriting from it.
        statement.execute("grant " + quoted + " to " + PlatformRoles.APP);
      }
      connection.commit();
    } catch (SQLException e) {
      throw SqlFailures.translate("making roles of tenants", e);
    }
  }

  /**
   * Drops the role, with its memberships, unless it is gone.
   *
   * @return false when something depends on it, such as a privilege that nobody should have given:
   *     then it stays
   */
  public boolean dropRole(TenantId tenant) {
    String role = TenantNames.role(tenant);
    try (Connection connection = migrator.getConnection();
        Statement statement = connection.createStatement()) {
      takeTurn(connection, statement);
      try {
        statement.execute("drop role if exists " + statement.enquoteIdentifier(role, true));
      } catch (SQLException e) {
        if (DEPENDED_ON.equals(e.getSQLState())) {
          return false;
        }
        throw e;
      }
      connection.commit();
      return true;
    } catch (SQLException e) {
      throw SqlFailures.translate("dropping role " + role, e);
    }
  }

  private static void takeTurn(Connection connection, Statement statement) throws SQLException {
    connection.setAutoCommit(false);
    statement.execute("set local lock_timeout = " + LONGEST_TURN.toMillis());
    statement.execute("select pg_advisory_xact_lock(" + ROLE_CHANGES + ")");
  }

  void createSchema(TenantId tenant) {
    String schema = TenantNames.schema(tenant);
    try (Connection connection = migrator.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("set local role " + PlatformRoles.OWNER);
      statement.execute("create schema if not exists " + statement.enquoteIdentifier(schema, true));
      connection.commit();
    } catch (SQLException e) {
      throw SqlFailures.translate("making schema " + schema, e);
    }
  }

  /**
   * As {@link #createSchema} for one that is made ahead, but throws away what an earlier try has
   * left. Only for the worker that holds it: whoever lost it may find it READY, or claimed.
   *
   * @throws LeaseLostException when the worker does not hold it
   */
  void createSchemaAnew(TenantId tenant, String worker) {
    String schema = TenantNames.schema(tenant);
    try (Connection connection = migrator.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("set local role " + PlatformRoles.OWNER);
      try (PreparedStatement hold = connection.prepareStatement(HOLD)) {
        hold.setObject(1, tenant.value());
        hold.setString(2, worker);
        try (ResultSet row = hold.executeQuery()) {
          if (!row.next()) {
            throw new LeaseLostException(tenant.value(), worker);
          }
        }
      }
      String quoted = statement.enquoteIdentifier(schema, true);
      statement.execute("drop schema if exists " + quoted + " cascade");
      statement.execute("create schema " + quoted);
      connection.commit();
    } catch (SQLException e) {
      throw SqlFailures.translate("making schema " + schema, e);
    }
  }

  private static boolean is(Connection connection, String sql, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private static TenantryException taken(String what) {
    return new TenantryException(
        ErrorCode.PROVISIONING_FAILED, what + " is there already and is not what it should be.");
  }
}
