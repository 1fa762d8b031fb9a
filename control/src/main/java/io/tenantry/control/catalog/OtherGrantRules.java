package io.tenantry.control.catalog;

import static io.tenantry.tenancy.finding.FindingCode.ROLE_GRANT;

import java.util.List;

/** Privileges on what is neither a schema nor a table of ours. */
final class OtherGrantRules {

  /** Each kind of thing: its name, owner and privileges, which may be the server's defaults. */
  private static final String THINGS =
      """
      with thing (name, owner, privileges, expected) as (
        select 'parameter ' || p.parname, 10::oid, p.paracl, array['tenantry_guard SET']
          from pg_catalog.pg_parameter_acl p where p.parname <> 'backtrace_functions'
        union all select 'language ' || l.lanname, l.lanowner,
            coalesce(l.lanacl, pg_catalog.acldefault('l', l.lanowner)),
            array['tenantry_owner USAGE', 'tenantry_guard USAGE']
          from pg_catalog.pg_language l where l.lanpltrusted and l.lanname <> 'sql' or l.lanacl is not null
        union all select 'large object ' || o.oid, o.lomowner, o.lomacl, array[]::text[]
          from pg_catalog.pg_largeobject_metadata o where o.lomacl is not null
        union all select 'default privileges of ' || pg_catalog.pg_get_userbyid(d.defaclrole),
            d.defaclrole, d.defaclacl, array[]::text[]
          from pg_catalog.pg_default_acl d
        union all select 'foreign data wrapper ' || w.fdwname, w.fdwowner, w.fdwacl, array[]::text[]
          from pg_catalog.pg_foreign_data_wrapper w
        union all select 'foreign server ' || s.srvname, s.srvowner, s.srvacl, array[]::text[]
          from pg_catalog.pg_foreign_server s
        union all select 'tablespace ' || t.spcname, t.spcowner, t.spcacl, array[]::text[]
          from pg_catalog.pg_tablespace t
        union all select 'type ' || pg_catalog.format_type(t.oid, null), t.typowner, t.typacl, array['PUBLIC USAGE']
          from pg_catalog.pg_type t where t.typacl is not null)
      select t.name, pg_catalog.format('%s has %s on it.', g.name, a.privilege_type)
      from thing t cross join lateral pg_catalog.aclexplode(t.privileges) a
      :grantee
      where a.grantee <> t.owner and :ours
        and (a.is_grantable or g.name || ' ' || a.privilege_type <> all (t.expected))
      order by 1, 2
      """
          .replace(":grantee", SchemaGrantRules.GRANTEE)
          .replace(":ours", SchemaGrantRules.OURS);

  /** What somebody was granted on the server's own catalogs beyond what they came with. */
  private static final String CATALOGS =
      """
      select pg_catalog.format('%I.%I', n.nspname, c.relname),
        pg_catalog.format('%s has %s on it.', g.name, a.privilege_type)
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      cross join lateral (
        select a.grantee, a.privilege_type from pg_catalog.aclexplode(c.relacl) a
        union all
        select a.grantee, a.privilege_type
        from pg_catalog.pg_attribute t, pg_catalog.aclexplode(t.attacl) a where t.attrelid = c.oid
        except
        select a.grantee, a.privilege_type
        from pg_catalog.pg_init_privs i, pg_catalog.aclexplode(i.initprivs) a
        where i.objoid = c.oid and i.classoid = 'pg_catalog.pg_class'::regclass) a
      :grantee
      where n.nspname in ('pg_catalog', 'information_schema') and a.grantee <> c.relowner and :ours
        and (n.nspname, a.grantee, a.privilege_type) <> ('information_schema', 0::oid, 'SELECT')
      order by 1, 2
      """
          .replace(":grantee", SchemaGrantRules.GRANTEE)
          .replace(":ours", SchemaGrantRules.OURS);

  /** A tenant's role appears in no list of privileges but those of its own schema. */
  private static final String OF_TENANTS =
      """
      select r.rolname, 'It has a privilege on '
        || pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid) || '.'
      from pg_catalog.pg_shdepend d
      join :roles r on r.oid = d.refobjid
      left join pg_catalog.pg_class c
        on c.oid = d.objid and d.classid = 'pg_catalog.pg_class'::regclass
      left join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        or n.oid = d.objid and d.classid = 'pg_catalog.pg_namespace'::regclass
      where d.refclassid = 'pg_catalog.pg_authid'::regclass and d.deptype = 'a'
        and d.dbid in (0, (select b.oid from pg_catalog.pg_database b
          where b.datname = pg_catalog.current_database()))
        and 'app_' || coalesce(n.nspname, '') <> r.rolname
      order by 1, 2
      """
          .replace(":roles", RoleRules.TENANT_ROLES);

  private OtherGrantRules() {}

  static List<Rule> quick() {
    return List.of(new Rule(ROLE_GRANT, THINGS), new Rule(ROLE_GRANT, CATALOGS));
  }

  static List<Rule> tenants() {
    return List.of(new Rule(ROLE_GRANT, OF_TENANTS));
  }
}
