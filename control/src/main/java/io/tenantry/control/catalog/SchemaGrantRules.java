package io.tenantry.control.catalog;

import static io.tenantry.tenancy.finding.FindingCode.DATABASE_GRANT;
import static io.tenantry.tenancy.finding.FindingCode.ROLE_GRANT;

import java.util.List;

/** Who may look into which schema, connect to the database, and make things in either. */
final class SchemaGrantRules {

  /** Of the platform, a tenant, or PUBLIC. */
  static final String OURS = "(a.grantee = 0 or g.name ~ '^(tenantry_|(app|ro)_tenant_)')";

  /** The grantee of {@code a}, a row of aclexplode, as {@code g.name}. */
  static final String GRANTEE =
      """
      cross join lateral (select case a.grantee when 0 then 'PUBLIC'
        else pg_catalog.pg_get_userbyid(a.grantee)::text end) g (name)
      """;

  private static final String HAS =
      "pg_catalog.format('%s has %s%s on it.', g.name, a.privilege_type,"
          + " case when a.is_grantable then ' with grant option' end)";

  /** A schema that nobody was granted anything on has the server's defaults. */
  private static final String ON_SCHEMAS =
      "select n.nspname, "
          + HAS
          + """
           from pg_catalog.pg_namespace n
          cross join lateral pg_catalog.aclexplode(
            coalesce(n.nspacl, pg_catalog.acldefault('n', n.nspowner))) a
          """
          + GRANTEE;

  private SchemaGrantRules() {}

  static List<Rule> quick() {
    return List.of(database(), publicSchema(), systemSchemas(), schemas());
  }

  static List<Rule> tenants() {
    return List.of(
        new Rule(
            ROLE_GRANT,
            ON_SCHEMAS
                + """
                where n.nspname ~ '^tenant_[0-9a-f]{32}$' and a.grantee <> n.nspowner
                  and (g.name <> 'app_' || n.nspname or a.privilege_type <> 'USAGE' or a.is_grantable)
                order by 1, 2
                """));
  }

  private static Rule database() {
    return new Rule(
        DATABASE_GRANT,
        "select b.datname, "
            + HAS
            + """
             from pg_catalog.pg_database b
            cross join lateral pg_catalog.aclexplode(
              coalesce(b.datacl, pg_catalog.acldefault('d', b.datdba))) a
            """
            + GRANTEE
            + """
            where b.datname = pg_catalog.current_database() and a.grantee <> b.datdba and :ours
              and (g.name, a.privilege_type, a.is_grantable) not in (
                ('tenantry_owner', 'CREATE', false),
                ('tenantry_app_a', 'CONNECT', false), ('tenantry_app_b', 'CONNECT', false),
                ('tenantry_control_a', 'CONNECT', false), ('tenantry_control_b', 'CONNECT', false),
                ('tenantry_migrator', 'CONNECT', false), ('tenantry_rotator', 'CONNECT', false),
                ('tenantry_backup', 'CONNECT', false), ('tenantry_monitor', 'CONNECT', false),
                ('tenantry_reader', 'CONNECT', false), ('tenantry_replication', 'CONNECT', false),
                ('tenantry_pooler', 'CONNECT', false), ('tenantry_vault', 'CONNECT', false))
            order by 1, 2
            """
                .replace(":ours", OURS));
  }

  private static Rule publicSchema() {
    return new Rule(
        DATABASE_GRANT, ON_SCHEMAS + " where n.nspname = 'public' and " + OURS + " order by 1, 2");
  }

  private static Rule systemSchemas() {
    return new Rule(
        ROLE_GRANT,
        ON_SCHEMAS
            + """
            where n.nspname in ('pg_catalog', 'information_schema') and a.grantee <> n.nspowner
              and (a.privilege_type <> 'USAGE' or a.is_grantable)
            order by 1, 2
            """);
  }

  private static Rule schemas() {
    return new Rule(
        ROLE_GRANT,
        Scope.SHARED.in(
            ON_SCHEMAS
                + """
                where :schemas and n.nspname <> 'public' and a.grantee <> n.nspowner
                  and (n.nspname like 'tenantry\\_%' or :ours)
                  and (n.nspname, g.name, a.privilege_type, a.is_grantable) not in (
                    ('tenantry_api', 'tenantry_tenant', 'USAGE', false),
                    ('tenantry_api', 'tenantry_reader', 'USAGE', false),
                    ('tenantry_control', 'tenantry_control', 'USAGE', false),
                    ('tenantry_guard', 'tenantry_tenant', 'USAGE', false),
                    ('tenantry_guard', 'tenantry_owner', 'USAGE', false),
                    ('tenantry_guard', 'tenantry_reader', 'USAGE', false),
                    ('tenantry_guard', 'tenantry_rotator', 'USAGE', false),
                    ('tenantry_pooler', 'tenantry_pooler', 'USAGE', false))
                order by 1, 2
                """
                    .replace(":ours", OURS)));
  }
}
