package io.tenantry.control.catalog;

import static io.tenantry.tenancy.finding.FindingCode.ROLE_ATTRIBUTE;
import static io.tenantry.tenancy.finding.FindingCode.ROLE_MISSING;
import static io.tenantry.tenancy.finding.FindingCode.TENANT_UNREACHABLE;

import java.util.List;

/** Roles are there, with the attributes of their own and no others. */
final class RoleRules {

  /** Which tenants' roles count: of this database, or within reach of the runtime logins. */
  static final String TENANT_ROLES =
      """
      (select r.* from pg_catalog.pg_roles r
        where r.rolname ~ '^app_tenant_[0-9a-f]{32}$'
          and (exists (select from pg_catalog.pg_namespace n
              where n.nspname = pg_catalog.substr(r.rolname::text, 5))
            or exists (select from pg_catalog.pg_auth_members m
              where m.roleid = r.oid
                and m.member = pg_catalog.to_regrole('tenantry_app'))))\
      """;

  private static final String WANTED =
      """
      with wanted (name, may, required) as (values
        ('tenantry_owner', '', true),
        ('tenantry_guard', '', true),
        ('tenantry_tenant', 'inherit', true),
        ('tenantry_reader', 'inherit', true),
        ('tenantry_app', '', true),
        ('tenantry_app_a', 'login', true),
        ('tenantry_app_b', 'login', true),
        ('tenantry_control', 'inherit', true),
        ('tenantry_control_a', 'inherit login', true),
        ('tenantry_control_b', 'inherit login', true),
        ('tenantry_migrator', 'createrole login', true),
        ('tenantry_rotator', 'login', true),
        ('tenantry_backup', 'inherit login bypassrls', true),
        ('tenantry_monitor', 'inherit login', true),
        ('tenantry_vault', 'createrole login', false),
        ('tenantry_replication', 'login replication', false),
        ('tenantry_pooler', 'login', false))
      """;

  private static final String ATTRIBUTES =
      """
      pg_catalog.concat_ws(' ', case when r.rolsuper then 'superuser' end,
        case when r.rolinherit then 'inherit' end, case when r.rolcreaterole then 'createrole' end,
        case when r.rolcreatedb then 'createdb' end, case when r.rolcanlogin then 'login' end,
        case when r.rolreplication then 'replication' end,
        case when r.rolbypassrls then 'bypassrls' end)\
      """;

  private RoleRules() {}

  static List<Rule> quick() {
    return List.of(
        new Rule(
            ROLE_MISSING,
            WANTED
                + """
                select w.name, 'There is no such role.' from wanted w
                where w.required
                  and not exists (select from pg_catalog.pg_roles r where r.rolname = w.name)
                order by 1
                """),
        new Rule(
            ROLE_ATTRIBUTE,
            WANTED
                + """
                select r.rolname, pg_catalog.format('It has [%s] where [%s] is expected.', a.has, w.may)
                from wanted w join pg_catalog.pg_roles r on r.rolname = w.name,
                  lateral (select :attributes) a (has)
                where a.has <> w.may order by 1
                """
                    .replace(":attributes", ATTRIBUTES)),
        new Rule(
            ROLE_ATTRIBUTE,
            WANTED
                + """
                select r.rolname, 'There is no place for such a role; it has [' || a.has || '].'
                from pg_catalog.pg_roles r, lateral (select :attributes) a (has)
                where r.rolname ~ '^(tenantry_|ro_tenant_)'
                  and r.rolname not in (select w.name from wanted w)
                order by 1
                """
                    .replace(":attributes", ATTRIBUTES)),
        new Rule(
            ROLE_ATTRIBUTE,
            """
            select r.rolname, pg_catalog.format('It has [%s] where [inherit] is expected.', a.has)
            from pg_catalog.pg_roles r, lateral (select :attributes) a (has)
            where r.rolname ~ '^app_tenant_' and a.has !~ '^(inherit)?$' order by 1
            """
                .replace(":attributes", ATTRIBUTES)));
  }

  /** Without INHERIT a tenant cannot use what all tenants share. */
  static List<Rule> tenants() {
    return List.of(
        new Rule(
            TENANT_UNREACHABLE,
            """
            select r.rolname, 'It does not inherit.' from :tenantRoles r
            where not r.rolinherit order by 1
            """
                .replace(":tenantRoles", TENANT_ROLES)),
        new Rule(
            TENANT_UNREACHABLE,
            """
            select 'app_' || n.nspname, 'There is no such role, but a schema of its tenant.'
            from pg_catalog.pg_namespace n
            where n.nspname ~ '^tenant_[0-9a-f]{32}$'
              and not exists (
                select from pg_catalog.pg_roles r where r.rolname = 'app_' || n.nspname)
            order by 1
            """));
  }
}
