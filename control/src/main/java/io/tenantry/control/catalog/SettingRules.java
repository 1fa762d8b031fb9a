package io.tenantry.control.catalog;

import static io.tenantry.tenancy.finding.FindingCode.PARAMETERS_LOGGED;
import static io.tenantry.tenancy.finding.FindingCode.ROLE_SETTING;

import java.util.List;

/** Settings that a role or the database carries into each session, and what a session sees. */
final class SettingRules {

  /** On the database: what the bootstrap sets, and what costs or saves nothing but time. */
  private static final String CARRIED =
      """
      select coalesce(r.rolname, b.datname, 'every session')::text, 'It carries '
        || pg_catalog.split_part(c.setting, '=', 1) || '.'
      from pg_catalog.pg_db_role_setting s
      cross join lateral pg_catalog.unnest(s.setconfig) c (setting)
      left join pg_catalog.pg_roles r on r.oid = s.setrole
      left join pg_catalog.pg_database b on b.oid = s.setdatabase
      where (s.setdatabase = 0 or b.datname = pg_catalog.current_database())
        and (s.setrole = 0 or r.rolname ~ '^(tenantry_|app_tenant_)')
        and c.setting !~ '^(temp_file_limit|work_mem|maintenance_work_mem|effective_cache_size|random_page_cost|seq_page_cost|effective_io_concurrency|timezone|TimeZone|jit)='
        and not (s.setrole = 0 and c.setting in ('log_parameter_max_length=0',
          'log_parameter_max_length_on_error=0', 'backtrace_functions=', 'backtrace_functions=""'))
      order by 1, 2
      """;

  private static final String LOGGED =
      """
      select s.name, 'It is ' || s.setting || ' in this session.'
      from pg_catalog.pg_settings s
      where s.name in ('log_parameter_max_length', 'log_parameter_max_length_on_error')
        and s.setting <> '0'
      order by 1
      """;

  private static final String SEEN =
      """
      select s.name, 'It is ' || s.setting || ' in this session; expected is ' || w.setting || '.'
      from (values ('allow_system_table_mods', 'off'), ('lo_compat_privileges', 'off'),
        ('session_replication_role', 'origin'), ('row_security', 'on'),
        ('standard_conforming_strings', 'on')) w (name, setting)
      join pg_catalog.pg_settings s on s.name = w.name and s.setting <> w.setting
      order by 1
      """;

  private SettingRules() {}

  static List<Rule> quick() {
    return List.of(
        new Rule(ROLE_SETTING, CARRIED),
        new Rule(ROLE_SETTING, SEEN),
        new Rule(PARAMETERS_LOGGED, LOGGED));
  }
}
