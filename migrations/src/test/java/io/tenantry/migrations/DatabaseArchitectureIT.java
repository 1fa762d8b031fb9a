package io.tenantry.migrations;

import io.tenantry.tenancy.TenantId;
import io.tenantry.testkit.GeneratedFile;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page about the database is what the catalog says; {@code make docs} writes it anew. */
class DatabaseArchitectureIT {

  private static final String OURS =
      "(n.nspname like 'tenantry\\_%' or n.nspname like 'tenant\\_%')";

  private static final String SCHEMAS =
      """
      select '`' || n.nspname || '`', pg_get_userbyid(n.nspowner), coalesce(obj_description(n.oid, 'pg_namespace'), '')
      from pg_namespace n where %s order by n.nspname collate "C"
      """
          .formatted(OURS);

  private static final String ROLES =
      """
      select '`' || r.rolname || '`',
        case when r.rolcanlogin then 'login' else 'no login' end
          || case when r.rolinherit then ', inherit' else ', no inherit' end
          || case when r.rolcreaterole then ', create role' else '' end
          || case when r.rolbypassrls then ', bypass row security' else '' end
          || case when r.rolsuper or r.rolcreatedb or r.rolreplication then ', MORE' else '' end,
        coalesce((
          select string_agg(distinct m.roleid::regrole::text, ', ' order by m.roleid::regrole::text)
          from pg_auth_members m
          -- From 16 on the maker of a role may hand it on, which 15 does not write down.
          where m.member = r.oid and not (r.rolname = 'tenantry_migrator' and m.admin_option)
            -- Roles belong to the server: tenants of other databases are not meant.
            and (m.roleid::regrole::text not like 'app_tenant_%'
              or m.roleid::regrole::text = 'app_tenant_:id')), ''),
        coalesce(shobj_description(r.oid, 'pg_authid'), 'Tenant')
      from pg_roles r
      where r.rolname like 'tenantry%' or r.rolname = 'app_tenant_:id' order by r.rolname collate "C"
      """;

  private static final String TABLES =
      """
      select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and %s order by n.nspname collate "C", c.relname collate "C"
      """
          .formatted(OURS);

  private static final String COLUMNS =
      """
      select '`' || a.attname || '`', format_type(a.atttypid, a.atttypmod),
        case when a.attnotnull then 'no' else 'yes' end,
        coalesce('`' || pg_get_expr(d.adbin, d.adrelid) || '`', ''),
        coalesce(col_description(a.attrelid, a.attnum), '')
      from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = ':name'::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum
      """;

  private static final String DETAILS =
      """
      select line from (
        select 1 as part, o.contype::text || o.conname as name,
          '`' || o.conname || '`: `' || pg_get_constraintdef(o.oid) || '`' as line
        from pg_constraint o where o.conrelid = ':name'::regclass and o.contype in ('p', 'u', 'f', 'c')
        union all
        select 2, c.relname, '`' || regexp_replace(pg_get_indexdef(i.indexrelid), ' ON .* USING ', ' USING ') || '`'
        from pg_index i join pg_class c on c.oid = i.indexrelid
        where i.indrelid = ':name'::regclass
          and not exists (select from pg_constraint o where o.conindid = i.indexrelid)
        union all
        select 3, p.polname, 'Policy `' || p.polname || '`: `' || pg_get_expr(p.polqual, p.polrelid) || '`'
          || case when pg_get_expr(p.polwithcheck, p.polrelid) = pg_get_expr(p.polqual, p.polrelid)
             then ', also for what is written' else '' end
          || case when c.relrowsecurity and c.relforcerowsecurity then ', for the owner too' else ', OFF' end
        from pg_policy p join pg_class c on c.oid = p.polrelid where p.polrelid = ':name'::regclass
        union all
        select 4, t.tgname, 'Trigger `' || t.tgname || '`: ' || obj_description(t.tgfoid, 'pg_proc')
        from pg_trigger t where t.tgrelid = ':name'::regclass and not t.tgisinternal
        union all
        select 5, grantee, '`' || grantee || '` may ' || string_agg(lower(privilege), ', ' order by privilege)
        from (
          select case when x.grantee = 0 then 'everybody' else x.grantee::regrole::text end as grantee,
            x.privilege_type as privilege
          from pg_class c, aclexplode(c.relacl) x
          where c.oid = ':name'::regclass and x.grantee <> c.relowner) g
        group by grantee) d
      order by part, name collate "C"
      """;

  private static final String FUNCTIONS =
      """
      select '`' || p.oid::regprocedure || '`',
        (select string_agg(x.grantee::regrole::text, ', ' order by x.grantee::regrole::text collate "C")
         from aclexplode(p.proacl) x where x.grantee <> p.proowner),
        obj_description(p.oid, 'pg_proc')
      from pg_proc p where p.pronamespace = 'tenantry_guard'::regnamespace order by p.proname collate "C"
      """;

  private final TestPlatform platform = TestPlatform.installed("architecture");

  @Test
  void thePageSaysWhatTheCatalogSays() throws SQLException, IOException {
    GeneratedFile.of("docs/data/database-architecture.md").mustBe(render());
  }

  private String render() throws SQLException {
    TenantId tenant = platform.provisioner().provisionNow("acme", "Acme").id();
    StringBuilder page = new StringBuilder();
    try (Connection superuser = platform.superuser()) {
      TestPlatform.execute(superuser, "set search_path = pg_catalog");
      page.append(
          """
          # The database

          Written from the catalog by a test (`DatabaseArchitectureIT`); change the changelogs, not
          this page. `<id>` stands for a tenant's UUID as 32 hex digits: each tenant has a schema and
          a role of its own.

          ## Schemas

          """);
      table(page, List.of("schema", "owner", "what is in it"), rows(superuser, SCHEMAS));
      page.append("\n## Roles\n\n");
      table(
          page,
          List.of("role", "attributes", "member of", "what it is"),
          rows(superuser, ROLES.replace(":id", tenant.hex())));
      page.append("\n## Functions of the guard\n\n");
      table(
          page, List.of("function", "who may call it", "what it does"), rows(superuser, FUNCTIONS));
      page.append("\n## Tables\n");
      for (String name : TestPlatform.rows(superuser, TABLES)) {
        section(page, superuser, name);
      }
    }
    return page.toString().replace(tenant.hex(), "<id>");
  }

  private static void section(StringBuilder page, Connection superuser, String name)
      throws SQLException {
    page.append("\n### ").append(name).append("\n\n");
    String comment =
        TestPlatform.rows(
                superuser,
                "select coalesce(obj_description('" + name + "'::regclass, 'pg_class'), '')")
            .getFirst();
    if (!comment.isEmpty()) {
      page.append(comment).append(".\n\n");
    }
    table(
        page,
        List.of("column", "type", "null", "default", "what it is"),
        rows(superuser, COLUMNS.replace(":name", name)));
    page.append('\n');
    for (String line : TestPlatform.rows(superuser, DETAILS.replace(":name", name))) {
      page.append("- ").append(line).append('\n');
    }
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    return TestPlatform.rows(connection, sql);
  }

  private static void table(StringBuilder page, List<String> head, List<String> rows) {
    page.append("| ").append(String.join(" | ", head)).append(" |\n");
    page.append(head.stream().map(_ -> "|---").collect(Collectors.joining())).append("|\n");
    for (String row : rows) {
      page.append("| ").append(String.join(" | ", row.split("\\|", -1))).append(" |\n");
    }
  }
}
