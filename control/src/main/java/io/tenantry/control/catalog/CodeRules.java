package io.tenantry.control.catalog;

import static io.tenantry.tenancy.finding.FindingCode.CODE_UNKNOWN;
import static io.tenantry.tenancy.finding.FindingCode.EXTENSION_UNKNOWN;
import static io.tenantry.tenancy.finding.FindingCode.VIEW_AS_OWNER;

import java.util.List;

/** What runs by itself, or as somebody else, beside tenant data. */
final class CodeRules {

  private static final String VIEWS =
      """
      select pg_catalog.format('%I.%I', n.nspname, c.relname), 'It is not security_invoker.'
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.oid in :relations and c.relkind = 'v' and n.nspname <> 'tenantry_control'
        and not exists (select from pg_catalog.pg_options_to_table(c.reloptions) o
          where o.option_name = 'security_invoker' and o.option_value in ('true', 'on', 'yes', '1'))
      order by 1
      """;

  private static final String TRIGGERS =
      """
      select pg_catalog.format('%I.%I.%I', n.nspname, c.relname, t.tgname), case
        when t.tgenabled <> 'O' then 'The trigger is disabled, or fires in replication.'
        else 'The trigger runs code of somebody else, or as somebody else.' end
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_trigger t on t.tgrelid = c.oid
      join pg_catalog.pg_proc p on p.oid = t.tgfoid
      where c.oid in :relations and (t.tgenabled <> 'O' or not t.tgisinternal
        and (p.prosecdef or pg_catalog.pg_get_userbyid(p.proowner) <> 'tenantry_owner'))
      union all
      select pg_catalog.format('%I.%I.%I', n.nspname, c.relname, r.rulename), 'Rules are not used.'
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_rewrite r on r.ev_class = c.oid and r.rulename <> '_RETURN'
      where c.oid in :relations
      union all
      select pg_catalog.format('%I.%I', n.nspname, c.relname), 'Foreign tables are not used.'
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.oid in :relations and c.relkind = 'f'
      order by 1
      """;

  /**
   * Functions beside the guard and the pooler's lookup that run as their owner, or that tenants'
   * SQL could find.
   */
  private static final String FUNCTIONS =
      """
      select p.oid::pg_catalog.regprocedure::text, case when p.prosecdef
        then 'It runs as its owner.' else 'Schemas that tenants look into have no functions.' end
      from pg_catalog.pg_proc p
      join pg_catalog.pg_namespace n on n.oid = p.pronamespace
      where n.nspname not in ('tenantry_guard', 'tenantry_pooler') and p.oid >= 16384
        and (p.prosecdef or n.nspname in ('pg_catalog', 'information_schema', 'tenantry_api')
          or n.nspname ~ '^tenant_')
      order by 1
      """;

  /** Numbers from 16384 on are of objects that did not come with the server. */
  private static final String DATABASE =
      """
      select 'event trigger ' || e.evtname, 'There is one of ours only.'
      from pg_catalog.pg_event_trigger e where e.evtname <> 'tenantry_refuse_ddl'
      union all select 'operator ' || o.oid::pg_catalog.regoperator, 'Operators of our own are not used.'
      from pg_catalog.pg_operator o where o.oid >= 16384
      union all select 'cast from ' || pg_catalog.format_type(c.castsource, null) || ' to '
        || pg_catalog.format_type(c.casttarget, null), 'Casts of our own are not used.'
      from pg_catalog.pg_cast c where c.oid >= 16384
      union all select 'foreign server ' || s.srvname, 'Foreign servers are not used.'
      from pg_catalog.pg_foreign_server s
      union all select 'publication ' || p.pubname, 'Publications are not used.'
      from pg_catalog.pg_publication p
      order by 1
      """;

  private static final String EXTENSIONS =
      """
      select e.extname, 'It is in schema ' || n.nspname || '.'
      from pg_catalog.pg_extension e
      join pg_catalog.pg_namespace n on n.oid = e.extnamespace
      where e.extname <> 'plpgsql'
      order by 1
      """;

  private CodeRules() {}

  static List<Rule> quick() {
    return List.of(
        new Rule(VIEW_AS_OWNER, Scope.SHARED.in(VIEWS)),
        new Rule(CODE_UNKNOWN, Scope.SHARED.in(TRIGGERS)),
        new Rule(CODE_UNKNOWN, FUNCTIONS),
        new Rule(CODE_UNKNOWN, DATABASE),
        new Rule(EXTENSION_UNKNOWN, EXTENSIONS));
  }

  static List<Rule> tenants() {
    return List.of(
        new Rule(VIEW_AS_OWNER, Scope.TENANTS.in(VIEWS)),
        new Rule(CODE_UNKNOWN, Scope.TENANTS.in(TRIGGERS)));
  }
}
