package io.tenantry.migrations.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.migrations.TestPlatform;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who keeps a function that PUBLIC has lost still does the work that needs it. */
class KeepersIT {

  private final TestPlatform platform = Linted.PLATFORM;

  /** What exporters of metrics usually ask. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from pg_stat_database",
        "select * from pg_stat_database_conflicts",
        "select datname, state, count(*), max(now() - xact_start) from pg_stat_activity group by 1,"
            + " 2",
        "select mode, count(*) from pg_locks group by 1",
        "select datname, pg_database_size(datname) from pg_database",
        "select *, pg_total_relation_size(relid) from pg_stat_user_tables",
        "select * from pg_statio_user_tables",
        "select * from pg_stat_user_indexes",
        "select * from pg_stat_bgwriter",
        "select * from pg_stat_archiver",
        "select * from pg_stat_wal",
        "select * from pg_stat_wal_receiver",
        "select *, pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) from pg_stat_replication",
        "select slot_name, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) from"
            + " pg_replication_slots",
        "select extract(epoch from now() - pg_last_xact_replay_timestamp()), pg_is_in_recovery()",
        "select name, setting, unit from pg_settings",
        "select * from pg_prepared_xacts",
        "select * from pg_stat_progress_vacuum",
        "select checkpoint_lsn from pg_control_checkpoint()",
        "select pg_postmaster_start_time()",
        "select datname, age(datfrozenxid) from pg_database",
        "select count(*), sum(size) from pg_ls_waldir()",
        "select set_config('statement_timeout', '1000', false)"
      })
  void theMonitorReadsWhatAnExporterAsks(String query) throws SQLException {
    try (Connection monitor = platform.login("tenantry_monitor")) {
      TestPlatform.execute(monitor, query);
    }
  }

  /** So that the list above is not vacuous. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from pg_stat_database",
        "select * from pg_stat_activity",
        "select * from pg_locks",
        "select pg_database_size('linted')",
        "select * from pg_stat_user_tables",
        "select * from pg_stat_replication",
        "select * from pg_replication_slots",
        "select pg_current_wal_lsn()",
        "select * from pg_prepared_xacts",
        "select * from pg_control_checkpoint()",
        "select * from pg_ls_waldir()"
      })
  void aServingLoginReadsNothingOfIt(String query) throws SQLException {
    try (Connection runtime = platform.login("tenantry_app_a")) {
      assertThatThrownBy(() -> TestPlatform.execute(runtime, query))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select set_config('search_path', '', false)",
        "select pg_export_snapshot()",
        "set row_security = off",
        "select count(*) from tenantry_api.research_reports",
        "select count(*) from tenantry_control.tenants",
        "select pg_get_functiondef(p.oid) from pg_proc p where p.pronamespace ="
            + " 'tenantry_guard'::regnamespace"
      })
  void theBackupDoesWhatADumpConsistsOf(String statement) throws SQLException {
    try (Connection backup = platform.login("tenantry_backup")) {
      backup.setAutoCommit(false);
      TestPlatform.execute(backup, statement);
      backup.rollback();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tenantry_control_a", "tenantry_migrator"})
  void jobsLockByNumber(String login) throws SQLException {
    try (Connection connection = platform.login(login)) {
      assertThat(TestPlatform.rows(connection, "select pg_try_advisory_lock(42)"))
          .containsExactly("t");
      assertThat(TestPlatform.rows(connection, "select pg_advisory_unlock(42)"))
          .containsExactly("t");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tenantry_control_a"})
  void whoTellsOthersOfAChangeMay(String login) throws SQLException {
    try (Connection connection = platform.login(login)) {
      TestPlatform.execute(connection, "select pg_notify('changes', '1')");
    }
  }
}
