package io.tenantry.control.catalog;

import static io.tenantry.tenancy.finding.FindingCode.CODE_UNKNOWN;

import java.util.List;

/**
 * PgBouncer's lookup of verifiers, where somebody has set it up: it runs as a superuser and reads
 * all passwords' verifiers, so nothing but exactly what docs/own-postgresql.md has may be there.
 */
final class PoolerRules {

  /** No owner in the checksum: which superuser set it up is not known here. */
  private static final String LOOKUP =
      """
      select p.oid::pg_catalog.regprocedure::text, case
        when c.checksum <> ':checksum' then 'Its checksum is ' || c.checksum || ' where :checksum is expected.'
        when not r.rolsuper then 'Its owner ' || r.rolname || ' is no superuser.'
        else 'Others than tenantry_pooler may execute it.' end
      from pg_catalog.pg_proc p
      join pg_catalog.pg_language l on l.oid = p.prolang
      join pg_catalog.pg_roles r on r.oid = p.proowner
      cross join lateral (select pg_catalog.substr(pg_catalog.encode(pg_catalog.sha256(
        pg_catalog.convert_to(pg_catalog.concat_ws('|', p.proname,
          pg_catalog.pg_get_function_arguments(p.oid), pg_catalog.pg_get_function_result(p.oid),
          p.prosrc || coalesce(pg_catalog.pg_get_function_sqlbody(p.oid), ''), l.lanname, p.prokind,
          p.provolatile, p.proparallel, p.prosecdef, p.proisstrict, p.proleakproof, p.proconfig),
        'UTF8')), 'hex'), 1, 32)) c (checksum)
      where p.pronamespace = pg_catalog.to_regnamespace(':schema')
        and (c.checksum <> ':checksum' or not r.rolsuper or exists (
            select from pg_catalog.aclexplode(
              coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner))) a
            where a.grantee <> p.proowner and (a.is_grantable or a.grantee
              <> coalesce(pg_catalog.to_regrole('tenantry_pooler'), 0::oid))))
      union all
      select ':schema.' || c.relname, 'The pooler has no relations.'
      from pg_catalog.pg_class c where c.relnamespace = pg_catalog.to_regnamespace(':schema')
      union all
      select n.nspname, 'Its owner ' || r.rolname || ' is no superuser.'
      from pg_catalog.pg_namespace n join pg_catalog.pg_roles r on r.oid = n.nspowner
      where n.nspname = ':schema' and not r.rolsuper
      order by 1, 2
      """
          .replace(":schema", "tenantry_pooler")
          .replace(":checksum", "59547c48eb83567789edf54220fcc14c");

  private PoolerRules() {}

  static List<Rule> quick() {
    return List.of(new Rule(CODE_UNKNOWN, LOOKUP));
  }
}
