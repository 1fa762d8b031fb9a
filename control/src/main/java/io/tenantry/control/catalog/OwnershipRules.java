package io.tenantry.control.catalog;

import static io.tenantry.tenancy.finding.FindingCode.ROLE_OWNERSHIP;

import java.util.List;

/** Who owns what: the owner all of the platform's, whoever serves nothing. */
final class OwnershipRules {

  private static final String OWNED =
      """
      select r.rolname, 'It owns ' || case when d.dbid in (0, b.oid)
        then pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid)
        else 'something in another database, number ' || d.dbid::text end || '.'
      from pg_catalog.pg_shdepend d
      join :roles r on r.oid = d.refobjid
      join pg_catalog.pg_database b on b.datname = pg_catalog.current_database()
      where d.refclassid = 'pg_catalog.pg_authid'::regclass and d.deptype = 'o'
      order by 1, 2
      """;

  private static final String NOT_OWNERS =
      """
      (select r.oid, r.rolname from pg_catalog.pg_roles r
        where r.rolname like 'tenantry\\_%'
          and r.rolname not in ('tenantry_owner', 'tenantry_guard'))\
      """;

  /** A schema of ours, or what stands in one, that is somebody else's. */
  private static final String FOREIGN =
      """
      select n.nspname::text, 'Its owner is ' || pg_catalog.pg_get_userbyid(n.nspowner) || '.'
      from pg_catalog.pg_namespace n
      where :ours and pg_catalog.pg_get_userbyid(n.nspowner) <> 'tenantry_owner'
      union all
      select pg_catalog.format('%I.%I', n.nspname, c.relname),
        'Its owner is ' || pg_catalog.pg_get_userbyid(c.relowner) || '.'
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.oid in :relations and :ours
        and pg_catalog.pg_get_userbyid(c.relowner) <> 'tenantry_owner'
      union all
      select pg_catalog.format('%I.%I', n.nspname, p.proname),
        'Its owner is ' || pg_catalog.pg_get_userbyid(p.proowner) || '.'
      from pg_catalog.pg_proc p
      join pg_catalog.pg_namespace n on n.oid = p.pronamespace
      where :schemas and :ours and pg_catalog.pg_get_userbyid(p.proowner) <> 'tenantry_owner'
        and not exists (select from pg_catalog.pg_depend e
          where e.classid = 'pg_catalog.pg_proc'::regclass and e.objid = p.oid and e.deptype = 'e')
      order by 1
      """;

  private OwnershipRules() {}

  static List<Rule> quick() {
    return List.of(
        new Rule(ROLE_OWNERSHIP, OWNED.replace(":roles", NOT_OWNERS)),
        new Rule(
            ROLE_OWNERSHIP,
            Scope.SHARED.in(
                FOREIGN.replace(
                    ":ours",
                    "n.nspname in ('tenantry_api', 'tenantry_control', 'tenantry_demo',"
                        + " 'tenantry_telemetry')"))));
  }

  static List<Rule> tenants() {
    return List.of(
        new Rule(ROLE_OWNERSHIP, OWNED.replace(":roles", RoleRules.TENANT_ROLES)),
        new Rule(ROLE_OWNERSHIP, Scope.TENANTS.in(FOREIGN.replace(":ours", ":schemas"))));
  }
}
