package io.tenantry.control.catalog;

import static io.tenantry.tenancy.finding.FindingCode.GUARD_CHANGED;
import static io.tenantry.tenancy.finding.FindingCode.GUARD_MISSING;
import static io.tenantry.tenancy.finding.FindingCode.REGISTER_WRITABLE;

import java.util.List;

/** The guard is there, as the bootstrap makes it, and nobody else writes its register. */
final class GuardRules {

  /**
   * The functions with checksums over all that they are, and who may execute them. A healthy
   * database has no finding: so a change of the bootstrap that is not made here too fails a test,
   * which then says the new checksum. The one of the release before stays beside it, so that the
   * bootstrap can run while instances of either release serve.
   */
  private static final String WANTED =
      """
      wanted (signature, checksums, callers) as (values
        ('enter(tenant uuid, key_id integer, expires bigint, mac bytea, statement_timeout_ms integer, lock_timeout_ms integer)',
          array['e6f0c30e9380c5d474d5199bf103b5c2'], array['tenantry_owner', 'tenantry_tenant']),
        ('current_tenant()',
          array['d2d3251f5a588d0dbf291f198ee91b83'], array['tenantry_owner', 'tenantry_reader', 'tenantry_tenant']),
        ('wait_for_locks(milliseconds integer)',
          array['46a8692f04e1714be41e127005047090'], array['tenantry_tenant']),
        ('add_key(key_id integer, inner_pad bytea, outer_pad bytea)',
          array['6d9f9a6d40b66f9a6905b8bd7ac47abf'], array['tenantry_rotator']),
        ('drop_key(key_id integer)',
          array['26e420d8125c62e52c680fb1a300c03d'], array['tenantry_rotator']),
        ('refuse_ddl()',
          array['b6b9d7a49719a08e8ba35adf038be9dc'], array[]::text[]))
      """;

  /** A body in the SQL standard's form leaves prosrc empty and is told by its tree. */
  private static final String ACTUAL =
      """
      actual as (
        select p.oid, p.proacl, p.proowner,
          p.proname || '(' || pg_catalog.pg_get_function_arguments(p.oid) || ')' as signature,
          pg_catalog.substr(pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
            pg_catalog.concat_ws('|',
              p.prosrc || coalesce(pg_catalog.pg_get_function_sqlbody(p.oid), ''), l.lanname, p.prokind, p.provolatile,
              p.proparallel, p.prosecdef, p.proisstrict, p.proleakproof, p.proretset,
              p.prorettype::pg_catalog.regtype, p.proconfig, pg_catalog.pg_get_userbyid(p.proowner)),
            'UTF8')), 'hex'), 1, 32) as checksum
        from pg_catalog.pg_proc p
        join pg_catalog.pg_language l on l.oid = p.prolang
        where p.pronamespace = pg_catalog.to_regnamespace('tenantry_guard'))
      """;

  private static final String BOTH = "with " + WANTED + ", " + ACTUAL;

  private GuardRules() {}

  static List<Rule> quick() {
    return List.of(register(), settable(), missing(), changed(), callers(), surroundings());
  }

  private static Rule register() {
    return new Rule(
        REGISTER_WRITABLE,
        """
        select s.name, 'It has to be a setting that only a superuser changes, and is one of '
          || s.context || '.'
        from pg_catalog.pg_settings s where s.name = 'backtrace_functions' and s.context <> 'superuser'
        """);
  }

  private static Rule settable() {
    return new Rule(
        REGISTER_WRITABLE,
        """
        select p.parname, pg_catalog.format('%s has %s on it.',
          case a.grantee when 0 then 'PUBLIC' else pg_catalog.pg_get_userbyid(a.grantee)::text end,
          a.privilege_type)
        from pg_catalog.pg_parameter_acl p, pg_catalog.aclexplode(p.paracl) a
        where p.parname = 'backtrace_functions'
          and a.grantee not in (select r.oid from pg_catalog.pg_roles r where r.rolsuper)
          and (pg_catalog.pg_get_userbyid(a.grantee) <> 'tenantry_guard'
            or a.privilege_type <> 'SET' or a.is_grantable)
        order by 1, 2
        """);
  }

  private static Rule missing() {
    return new Rule(
        GUARD_MISSING,
        BOTH
            + """
            select 'tenantry_guard.' || w.signature, 'There is no such function.'
            from wanted w where not exists (select from actual a where a.signature = w.signature)
            union all select 'tenantry_guard.capability_keys', 'There is no such table.'
            where not exists (
              select from pg_catalog.pg_class c
              where c.relname = 'capability_keys'
                and c.relnamespace = pg_catalog.to_regnamespace('tenantry_guard'))
            union all select 'event trigger tenantry_refuse_ddl', 'It is missing, or does not fire always.'
            where not exists (
              select from pg_catalog.pg_event_trigger e
              where e.evtname = 'tenantry_refuse_ddl' and e.evtevent = 'ddl_command_start'
                and e.evtenabled = 'A' and e.evttags is null
                and e.evtfoid in (select a.oid from actual a where a.signature = 'refuse_ddl()'))
            union all select 'backtrace_functions', 'tenantry_guard may not SET it.'
            where not exists (
              select from pg_catalog.pg_parameter_acl p, pg_catalog.aclexplode(p.paracl) a
              where p.parname = 'backtrace_functions' and a.privilege_type = 'SET'
                and pg_catalog.pg_get_userbyid(a.grantee) = 'tenantry_guard')
            order by 1
            """);
  }

  private static Rule changed() {
    return new Rule(
        GUARD_CHANGED,
        BOTH
            + """
            select 'tenantry_guard.' || a.signature,
              case when w.signature is null then 'The guard has no such function.'
              else pg_catalog.format('Its checksum is %s where %s is expected.', a.checksum,
                pg_catalog.array_to_string(w.checksums, ' or ')) end
            from actual a left join wanted w on w.signature = a.signature
            where w.signature is null or a.checksum <> all (w.checksums)
            order by 1
            """);
  }

  private static Rule callers() {
    return new Rule(
        GUARD_CHANGED,
        BOTH
            + """
            select 'tenantry_guard.' || a.signature,
              pg_catalog.format('%s may execute it; expected are %s.', e.callers, w.callers)
            from actual a join wanted w on w.signature = a.signature
            cross join lateral (
              select coalesce(pg_catalog.array_agg(y.caller order by y.caller), '{}') from (
                select case x.grantee when 0 then 'PUBLIC'
                    else pg_catalog.pg_get_userbyid(x.grantee)::text end
                  || case when x.is_grantable then ' with grant option' else '' end
                from pg_catalog.aclexplode(
                  coalesce(a.proacl, pg_catalog.acldefault('f', a.proowner))) x
                where x.grantee <> a.proowner) y (caller)) e (callers)
            where e.callers is distinct from w.callers
            order by 1
            """);
  }

  /** What else the schema holds, and whose it is. */
  private static Rule surroundings() {
    return new Rule(
        GUARD_CHANGED,
        """
        select 'tenantry_guard', 'Its owner is ' || pg_catalog.pg_get_userbyid(n.nspowner) || '.'
        from pg_catalog.pg_namespace n
        where n.nspname = 'tenantry_guard' and pg_catalog.pg_get_userbyid(n.nspowner) <> 'tenantry_guard'
        union all
        select 'tenantry_guard.' || c.relname, case
          when c.relname not in ('capability_keys', 'capability_keys_pkey') then 'The guard has no such relation.'
          when c.relhastriggers or c.relhasrules then 'It has triggers or rules.'
          else 'Its owner or privileges are not the guard''s own.' end
        from pg_catalog.pg_class c
        where c.relnamespace = pg_catalog.to_regnamespace('tenantry_guard') and c.relkind <> 't'
          and (c.relname not in ('capability_keys', 'capability_keys_pkey')
            or c.relhastriggers or c.relhasrules
            or pg_catalog.pg_get_userbyid(c.relowner) <> 'tenantry_guard'
            or exists (select from pg_catalog.aclexplode(c.relacl) a where a.grantee <> c.relowner)
            or exists (select from pg_catalog.pg_attribute t
              where t.attrelid = c.oid and t.attacl is not null))
        order by 1
        """);
  }
}
