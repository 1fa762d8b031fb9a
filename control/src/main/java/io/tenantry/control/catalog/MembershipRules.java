package io.tenantry.control.catalog;

import static io.tenantry.tenancy.finding.FindingCode.ROLE_MEMBERSHIP;
import static io.tenantry.tenancy.finding.FindingCode.TENANT_UNREACHABLE;

import java.util.List;

/** Who is a member of what, and what the membership lets them do. */
final class MembershipRules {

  /**
   * From 16 on a membership says whether it inherits and may be taken by SET ROLE; before, the
   * member's own INHERIT decides, and everything may be taken.
   */
  private static final String ACTUAL =
      """
      actual as (
        select g.rolname as role, u.rolname as member,
          coalesce((o.options ->> 'inherit_option')::boolean, u.rolinherit) as inherits,
          coalesce((o.options ->> 'set_option')::boolean, true) as may_set,
          m.admin_option as may_grant, pg_catalog.current_setting('server_version_num')::int as version
        from pg_catalog.pg_auth_members m
        join pg_catalog.pg_roles g on g.oid = m.roleid
        join pg_catalog.pg_roles u on u.oid = m.member
        cross join lateral (select pg_catalog.to_jsonb(m)) o (options)
        where :which)
      """;

  /** The last column: whether it is there on 15 too, where options cannot be told apart. */
  private static final String WANTED =
      """
      wanted (role, member, inherits, may_set, may_grant, everywhere) as (values
        ('tenantry_app', 'tenantry_app_a', false, true, false, true),
        ('tenantry_app', 'tenantry_app_b', false, true, false, true),
        ('tenantry_control', 'tenantry_control_a', true, false, false, true),
        ('tenantry_control', 'tenantry_control_b', true, false, false, true),
        ('tenantry_owner', 'tenantry_migrator', false, true, false, true),
        ('tenantry_tenant', 'tenantry_migrator', false, false, true, false),
        ('tenantry_reader', 'tenantry_migrator', false, false, true, false),
        ('pg_read_all_data', 'tenantry_backup', true, false, false, true),
        ('pg_monitor', 'tenantry_monitor', true, false, false, true))
      """;

  private static final String SURPLUS =
      """
      select a.member, pg_catalog.format(
        'It is a member of %s (inherit %s, set %s, admin %s), which nobody has planned.',
        a.role, a.inherits, a.may_set, a.may_grant)
      from actual a
      """;

  private MembershipRules() {}

  static List<Rule> quick() {
    String both =
        "with "
            + WANTED
            + ", "
            + ACTUAL.replace(
                ":which",
                """
                (g.rolname like 'tenantry\\_%' or u.rolname like 'tenantry\\_%')
                  and g.rolname !~ '^app_tenant_' and u.rolname !~ '^app_tenant_'\
                """);
    return List.of(
        new Rule(
            ROLE_MEMBERSHIP,
            both
                + SURPLUS
                + """
                where not exists (
                  select from wanted w
                  where w.role = a.role and w.member = a.member
                    and w.inherits = a.inherits and w.may_grant = a.may_grant
                    and (w.may_set = a.may_set or a.version < 160000)
                    and (w.everywhere or a.version >= 160000))
                order by 1, 2
                """),
        new Rule(
            ROLE_MEMBERSHIP,
            both
                + """
                select w.member, pg_catalog.format('It is not a member of %s.', w.role)
                from wanted w
                where not exists (
                    select from actual a where a.role = w.role and a.member = w.member)
                  and (w.everywhere or pg_catalog.current_setting('server_version_num')::int >= 160000)
                order by 1, 2
                """));
  }

  static List<Rule> tenants() {
    String tenants = "with tenants as " + RoleRules.TENANT_ROLES + ", ";
    String actual =
        ACTUAL.replace(
            ":which",
            "m.roleid in (select t.oid from tenants t) or m.member in (select t.oid from tenants"
                + " t)");
    return List.of(
        new Rule(
            ROLE_MEMBERSHIP,
            tenants
                + actual
                + SURPLUS
                + """
                where (a.role, a.member, a.inherits, a.may_set, a.may_grant) not in (
                    ('tenantry_tenant', a.member, a.inherits or a.version >= 160000, true, false),
                    (a.role, 'tenantry_app', false, true, false),
                    (a.role, 'tenantry_migrator', false, false, true))
                  or a.role ~ '^app_tenant_' and a.member ~ '^app_tenant_'
                  or a.role <> 'tenantry_tenant' and a.role !~ '^app_tenant_'
                order by 1, 2
                """),
        new Rule(
            TENANT_UNREACHABLE,
            tenants
                + """
                wanted (role, member) as (
                  select 'tenantry_tenant', t.rolname from tenants t
                  union all select t.rolname, 'tenantry_app' from tenants t)
                select w.member, pg_catalog.format('It is not a member of %s.', w.role)
                from wanted w
                where not exists (
                  select from pg_catalog.pg_auth_members m
                  join pg_catalog.pg_roles g on g.oid = m.roleid
                  join pg_catalog.pg_roles u on u.oid = m.member
                  where g.rolname = w.role and u.rolname = w.member)
                order by 1, 2
                """));
  }
}
