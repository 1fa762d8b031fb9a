package io.tenantry.control.catalog;

import static io.tenantry.tenancy.finding.FindingCode.PARAMETERS_LOGGED;
import static io.tenantry.tenancy.finding.FindingCode.ROLE_SETTING;
import static io.tenantry.tenancy.finding.FindingCode.ROLE_SETTING_OTHER;

import java.util.List;

/** Settings that a role or the database carries into each session, and what a session sees. */
final class SettingRules {

  /**
   * What changes what statements mean, who they run as, what runs beside them or what the log
   * shows.
   */
  private static final String MATTERS =
      "^(session_|debug_|default_transaction_|log_parameter|auto_explain\\.|app\\.)|_preload_libraries$"
          + "|^(search_path|role|row_security|event_triggers|backtrace_functions"
          + "|standard_conforming_strings|transform_null_equals|array_nulls|bytea_output|intervalstyle"
          + "|client_min_messages|lo_compat_privileges|allow_system_table_mods|createrole_self_grant)$";

  /**
   * But what the bootstrap sets on the database, and what costs or saves nothing but time. For
   * those who serve, any other setting matters.
   */
  private static final String CARRIED =
      """
      select coalesce(r.rolname, b.datname, 'every session')::text, 'It carries ' || c.name || '.'
      from pg_catalog.pg_db_role_setting s
      cross join lateral (select x, pg_catalog.split_part(x, '=', 1)
        from pg_catalog.unnest(s.setconfig) x) c (setting, name)
      left join pg_catalog.pg_roles r on r.oid = s.setrole
      left join pg_catalog.pg_database b on b.oid = s.setdatabase
      where (s.setdatabase = 0 or b.datname = pg_catalog.current_database())
        and (s.setrole = 0 or r.rolname ~ '^(tenantry_|app_tenant_)')
        and c.setting !~ '^(temp_file_limit|work_mem|maintenance_work_mem|effective_cache_size|random_page_cost|seq_page_cost|effective_io_concurrency|timezone|TimeZone|jit)='
        and not (s.setrole = 0 and c.setting in ('log_parameter_max_length=0',
          'log_parameter_max_length_on_error=0', 'backtrace_functions=', 'backtrace_functions=""'))
        and (pg_catalog.lower(c.name) ~ ':matters'
          or coalesce(r.rolname ~ '^(tenantry_app|app_tenant_)', false)) is :unsafe
      order by 1, 2
      """
          .replace(":matters", MATTERS);

  /** For each login that serves, in this database: a setting there goes before all others. */
  private static final String UNBOUNDED =
      """
      select w.login, 'It carries no temp_file_limit of at most 1 GB in this database.'
      from (values ('tenantry_app_a'), ('tenantry_app_b')) w (login)
      where not exists (
        select from pg_catalog.pg_db_role_setting s
        join pg_catalog.pg_roles r on r.oid = s.setrole and r.rolname = w.login
        join pg_catalog.pg_database b
          on b.oid = s.setdatabase and b.datname = pg_catalog.current_database()
        cross join lateral pg_catalog.unnest(s.setconfig) c (setting)
        cross join lateral pg_catalog.substring(c.setting, '^temp_file_limit=(.*)$') v (value)
        where case when v.value ~ '^[0-9]{1,12}$' then v.value::bigint <= 1048576
          when v.value ~ '^[0-9]{1,12}(kB|MB|GB|TB)$'
            then pg_catalog.pg_size_bytes(v.value) <= 1073741824
          else false end)
      order by 1
      """;

  private static final String LOGGED =
      """
      select s.name, 'It is ' || s.setting || ' in this session.'
      from pg_catalog.pg_settings s
      where s.name in ('log_parameter_max_length', 'log_parameter_max_length_on_error',
          'auto_explain.log_parameter_max_length')
        and s.setting <> '0'
      order by 1
      """;

  private static final String SEEN =
      """
      select s.name, pg_catalog.format('It is %L in this session; expected is %L.', s.setting, w.setting)
      from (values ('allow_system_table_mods', 'off'), ('lo_compat_privileges', 'off'),
        ('session_replication_role', 'origin'), ('row_security', 'on'),
        ('standard_conforming_strings', 'on'), ('event_triggers', 'on'),
        ('backtrace_functions', '')) w (name, setting)
      join pg_catalog.pg_settings s on s.name = w.name and s.setting <> w.setting
      order by 1
      """;

  private SettingRules() {}

  static List<Rule> quick() {
    return List.of(
        new Rule(ROLE_SETTING, CARRIED.replace(":unsafe", "true")),
        new Rule(ROLE_SETTING_OTHER, CARRIED.replace(":unsafe", "false")),
        new Rule(ROLE_SETTING, UNBOUNDED),
        new Rule(ROLE_SETTING, SEEN),
        new Rule(PARAMETERS_LOGGED, LOGGED));
  }
}
