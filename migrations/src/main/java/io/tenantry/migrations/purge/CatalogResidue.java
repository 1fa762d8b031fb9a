package io.tenantry.migrations.purge;

import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the catalog has of a tenant.
 *
 * @param sql its one parameter is the tenant's id as it stands in names
 */
record CatalogResidue(String place, String sql) implements ResidueSource {

  static final CatalogResidue ROLES =
      new CatalogResidue(
          "roles",
          "select 'role ' || r.rolname from pg_roles r where position(? in r.rolname) > 0 order by"
              + " 1");

  static final CatalogResidue MEMBERSHIPS =
      new CatalogResidue(
          "memberships",
          """
          select format('membership of %s in %s', u.rolname, g.rolname)
          from (select ?::text as hex) h, pg_auth_members m
          join pg_roles g on g.oid = m.roleid join pg_roles u on u.oid = m.member
          where position(h.hex in g.rolname) > 0 or position(h.hex in u.rolname) > 0 order by 1
          """);

  /** Those in other databases of the server too, as a number: their names are not seen here. */
  static final CatalogResidue GRANTS =
      new CatalogResidue(
          "grants and ownerships",
          """
          select format('%s of %s on %s', case s.deptype when 'o' then 'ownership' else 'privilege' end,
            r.rolname, case when s.dbid in (0, d.oid)
              then pg_describe_object(s.classid, s.objid, s.objsubid)
              else 'something in another database' end)
          from pg_roles r join pg_shdepend s on s.refclassid = 'pg_authid'::regclass and s.refobjid = r.oid
          join pg_database d on d.datname = current_database()
          where position(? in r.rolname) > 0 order by 1
          """);

  static final CatalogResidue SCHEMAS =
      new CatalogResidue(
          "schemas",
          "select 'schema ' || n.nspname from pg_namespace n where position(? in n.nspname) > 0"
              + " order by 1");

  @Override
  public List<String> find(Connection backup, Subject subject) throws SQLException {
    try (PreparedStatement statement = backup.prepareStatement(sql)) {
      statement.setString(1, TenantNames.register(subject.tenant().id()));
      try (ResultSet rows = statement.executeQuery()) {
        List<String> found = new ArrayList<>();
        while (rows.next()) {
          found.add(rows.getString(1));
        }
        return found;
      }
    }
  }
}
