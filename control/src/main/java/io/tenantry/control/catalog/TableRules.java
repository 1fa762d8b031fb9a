package io.tenantry.control.catalog;

import static io.tenantry.tenancy.finding.FindingCode.KEY_WITHOUT_TENANT;
import static io.tenantry.tenancy.finding.FindingCode.POLICY_NOT_CANONICAL;
import static io.tenantry.tenancy.finding.FindingCode.ROW_SECURITY_MISSING;
import static io.tenantry.tenancy.finding.FindingCode.TABLE_UNFINISHED;

import java.util.List;

/** Tables with tenant data: row security, its one policy, and the column that they go by. */
final class TableRules {

  /**
   * Tables with tenant data: all in a tenant's schema but the change log; elsewhere those with the
   * column, and in the shared schema all but reference data. {@code bare}: without row security and
   * without a grant, as a changeset leaves a new table until the next one opens it.
   */
  static final String TABLES =
      """
      with tables as (
        select c.oid, c.relname, n.nspname, c.relrowsecurity, c.relforcerowsecurity, t.attnum,
          t.atttypid, t.attnotnull, pg_catalog.format('%I.%I', n.nspname, c.relname) as name,
          not c.relrowsecurity and not c.relforcerowsecurity and not exists (
            select from pg_catalog.aclexplode(c.relacl) a where a.grantee <> c.relowner) as bare
        from pg_catalog.pg_class c
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        left join pg_catalog.pg_attribute t
          on t.attrelid = c.oid and t.attname = 'tenant_id' and not t.attisdropped
        where c.oid in :relations and c.relkind in ('r', 'p')
          and n.nspname not in ('tenantry_control', 'tenantry_guard')
          and case when n.nspname ~ '^tenant_' then c.relname !~ '^databasechangelog'
            else t.attnum is not null or n.nspname = 'tenantry_api' and c.relname !~ '^ref_' end)
      """;

  /** A text that is not there is of a table dropped since the look began. */
  private static final String CANONICAL =
      "(tenant_id = ( SELECT tenantry_guard.current_tenant() AS current_tenant))";

  private TableRules() {}

  static List<Rule> in(Scope scope) {
    return List.of(
        new Rule(
            TABLE_UNFINISHED,
            scope.in(
                TABLES
                    + """
                    select t.name, 'It has neither row security nor grants.' from tables t
                    where t.bare order by 1
                    """)),
        new Rule(
            ROW_SECURITY_MISSING,
            scope.in(
                TABLES
                    + """
                    select t.name, 'Row security is ' || case when t.relrowsecurity
                      then 'not forced for its owner.' else 'not enabled.' end
                    from tables t
                    where not t.bare and not (t.relrowsecurity and t.relforcerowsecurity) order by 1
                    """)),
        new Rule(
            POLICY_NOT_CANONICAL,
            scope.in(
                TABLES
                    + """
                    select t.name, case count(p.oid) when 0 then 'It has no policy.' when 1
                      then 'Its policy ' || min(p.polname::text) || ' is another one.'
                      else 'It has more than one policy.' end
                    from tables t left join pg_catalog.pg_policy p on p.polrelid = t.oid
                    where not t.bare
                    group by t.name
                    having count(p.oid) <> 1 or not bool_and(
                      p.polname = 'tenant_isolation' and p.polcmd = '*' and p.polpermissive
                      and p.polroles = array[0]::oid[]
                      and p.polqual is not null and p.polwithcheck is not null
                      and coalesce(pg_catalog.pg_get_expr(p.polqual, p.polrelid), ':canonical') = ':canonical'
                      and coalesce(pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid), ':canonical') = ':canonical')
                    order by 1
                    """
                        .replace(":canonical", CANONICAL))),
        new Rule(
            KEY_WITHOUT_TENANT,
            scope.in(
                TABLES
                    + """
                    select t.name, case when t.attnum is null then 'It has no column tenant_id.'
                      else 'Its tenant_id is not a uuid that is NOT NULL.' end
                    from tables t
                    where t.attnum is null or not t.attnotnull or t.atttypid <> 'pg_catalog.uuid'::regtype
                    order by 1
                    """)),
        new Rule(KEY_WITHOUT_TENANT, scope.in(TABLES + KEYS)));
  }

  /** Reference data has no tenant, so a foreign key to it may begin otherwise. */
  private static final String KEYS =
      """
      select pg_catalog.format('%I.%I', t.nspname, i.relname), 'It begins with another column.'
      from tables t
      join pg_catalog.pg_index x on x.indrelid = t.oid and (x.indisunique or x.indisexclusion)
      join pg_catalog.pg_class i on i.oid = x.indexrelid
      where x.indkey[0] is distinct from t.attnum
      union all
      select pg_catalog.format('%s.%I', t.name, k.conname), 'It does not lead from tenant_id to tenant_id.'
      from tables t
      join pg_catalog.pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
      join pg_catalog.pg_class f on f.oid = k.confrelid
      left join pg_catalog.pg_attribute a on a.attrelid = f.oid and a.attnum = k.confkey[1]
      where (k.conkey[1] is distinct from t.attnum or a.attname <> 'tenant_id')
        and not (f.relnamespace = pg_catalog.to_regnamespace('tenantry_api') and f.relname ~ '^ref_')
      order by 1
      """;
}
