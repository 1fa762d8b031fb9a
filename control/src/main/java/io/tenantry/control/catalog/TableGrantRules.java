package io.tenantry.control.catalog;

import static io.tenantry.tenancy.finding.FindingCode.COPY_OF_ROWS;
import static io.tenantry.tenancy.finding.FindingCode.TABLE_GRANT;

import java.util.List;

/** Privileges on tables by class: mutable, append-only, read or none. */
final class TableGrantRules {

  /**
   * Tables whose rows are written once; the changesets that grant on them say so, too, and a test
   * compares.
   */
  static final List<String> APPEND_ONLY = List.of("audit_events", "desk_fills");

  /** What each grantee has on each relation, as one sorted text. */
  private static final String GRANTED =
      """
      with granted as (
        select c.oid, c.relname, c.relkind, c.relispartition, c.relrowsecurity, n.nspname, g.name,
          bool_or(a.is_grantable) as grantable,
          pg_catalog.string_agg(a.privilege_type, ' ' order by a.privilege_type) as has
        from pg_catalog.pg_class c
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        cross join lateral pg_catalog.aclexplode(c.relacl) a
        :grantee
        where c.oid in :relations and n.nspname <> 'tenantry_guard' and a.grantee <> c.relowner
          and (n.nspname ~ '^(tenantry_|tenant_)' or :ours)
        group by 1, 2, 3, 4, 5, 6, 7)
      """
          .replace(":grantee", SchemaGrantRules.GRANTEE)
          .replace(":ours", SchemaGrantRules.OURS);

  private static final String SURPLUS =
      """
      select pg_catalog.format('%I.%I', p.nspname, p.relname),
        pg_catalog.format('%s has %s%s on it.', p.name, p.has,
          case when p.grantable then ' with grant option' end)
      from granted p
      """;

  private static final String COLUMNS =
      """
      select pg_catalog.format('%I.%I.%I', n.nspname, c.relname, t.attname),
        pg_catalog.format('%s has %s on the column.', g.name, a.privilege_type)
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_attribute t on t.attrelid = c.oid and t.attacl is not null
      cross join lateral pg_catalog.aclexplode(t.attacl) a
      :grantee
      where c.oid in :relations and a.grantee <> c.relowner
        and (n.nspname ~ '^(tenantry_|tenant_)' or :ours)
      order by 1, 2
      """
          .replace(":grantee", SchemaGrantRules.GRANTEE)
          .replace(":ours", SchemaGrantRules.OURS);

  private static final String COPIES =
      """
      where (p.relkind = 'm' or p.relispartition) and p.nspname <> 'tenantry_control'
      order by 1, 2
      """;

  private TableGrantRules() {}

  static List<Rule> quick() {
    return List.of(
        new Rule(
            TABLE_GRANT,
            Scope.SHARED.in(
                GRANTED
                    + SURPLUS
                    + """
                    where p.relkind <> 'm' and not p.relispartition and (p.grantable or not case
                      when p.nspname = 'tenantry_api' and p.name = 'tenantry_reader' then p.has = 'SELECT'
                      when p.nspname = 'tenantry_api' and p.name = 'tenantry_tenant' then
                        p.has = 'SELECT'
                        or p.relrowsecurity and p.has = 'INSERT SELECT'
                        or p.relrowsecurity and p.has = 'DELETE INSERT SELECT UPDATE' and p.relname <> all (?::text[])
                      when p.nspname = 'tenantry_control' and p.relname !~ '^databasechangelog'
                        and p.name = 'tenantry_control' then p.has ~ '^(DELETE )?(INSERT )?SELECT( UPDATE)?$'
                      else false end)
                    order by 1, 2
                    """),
            APPEND_ONLY),
        new Rule(TABLE_GRANT, Scope.SHARED.in(COLUMNS)),
        new Rule(COPY_OF_ROWS, Scope.SHARED.in(GRANTED + SURPLUS + COPIES)));
  }

  static List<Rule> tenants() {
    return List.of(
        new Rule(
            TABLE_GRANT,
            Scope.TENANTS.in(
                GRANTED
                    + SURPLUS
                    + """
                    where p.relkind <> 'm' and not p.relispartition and (p.grantable
                      or p.name <> 'app_' || p.nspname or p.relname ~ '^databasechangelog'
                      or not case when p.relname = any (?::text[]) then p.has = 'INSERT SELECT'
                        else p.has in ('SELECT', 'INSERT SELECT', 'DELETE INSERT SELECT UPDATE') end)
                    order by 1, 2
                    """),
            APPEND_ONLY),
        new Rule(TABLE_GRANT, Scope.TENANTS.in(COLUMNS)),
        new Rule(COPY_OF_ROWS, Scope.TENANTS.in(GRANTED + SURPLUS + COPIES)));
  }
}
