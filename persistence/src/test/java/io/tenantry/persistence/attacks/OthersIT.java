package io.tenantry.persistence.attacks;

import static io.tenantry.persistence.attacks.Ground.bare;
import static io.tenantry.persistence.attacks.Ground.guarded;
import static io.tenantry.persistence.attacks.Wall.NONE;
import static io.tenantry.persistence.attacks.Wall.REVOKES;
import static io.tenantry.persistence.attacks.Wall.SERVER;
import static io.tenantry.persistence.attacks.Wall.STATEMENT;
import static io.tenantry.persistence.attacks.Wall.TIMEOUT;

import io.tenantry.persistence.Serving;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Watching, ending, slowing down or signalling other sessions. */
@ExtendWith(NeighbourIsUnharmed.class)
class OthersIT {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select query from pg_catalog.pg_stat_activity",
        "select * from pg_stat_get_activity(null)",
        "select pg_stat_get_backend_activity(1)",
        "select n_live_tup from pg_catalog.pg_stat_all_tables",
        "select seq_scan from pg_catalog.pg_stat_user_tables",
        "select pg_stat_get_live_tuples(c.oid) from pg_catalog.pg_class c",
        "select * from pg_catalog.pg_stat_database",
        "select * from pg_catalog.pg_stat_progress_vacuum"
      })
  @Attack(
      tries = "Watch others work: `pg_stat_activity`, table and database statistics",
      stoppedBy = REVOKES)
  void nobodyIsWatched(String sql) {
    guarded().tries(sql).isRefusedByTheServer("42501");
  }

  @Test
  @Attack(
      tries = "Read others' statements in `pg_stat_statements`",
      stoppedBy = REVOKES,
      leaves =
          "The extension is not installed. Where an operator adds it, it shows texts of others only"
              + " to `pg_read_all_stats`.")
  void statementsOfOthersAreNotKept() {
    guarded().tries("select query from pg_stat_statements").isRefusedByTheServer("42P01");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select pg_terminate_backend(pg_backend_pid())",
        "select pg_terminate_backend(1, 0)",
        "select pg_cancel_backend(pg_backend_pid())",
        "select pg_reload_conf()",
        "select pg_rotate_logfile()",
        "select pg_log_backend_memory_contexts(pg_backend_pid())"
      })
  @Attack(
      tries = "End, cancel or signal other sessions: `pg_terminate_backend`, `pg_cancel_backend`",
      stoppedBy = REVOKES)
  void nobodysSessionIsEnded(String sql) {
    guarded().tries(sql).isRefusedByTheServer("42501");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select pg_advisory_lock(1)",
        "select pg_advisory_xact_lock(1)",
        "select pg_try_advisory_lock(1)",
        "select pg_try_advisory_xact_lock_shared(1, 2)",
        "select pg_advisory_unlock_all()",
        "select * from pg_catalog.pg_locks",
        "select pg_blocking_pids(1)",
        "select pg_safe_snapshot_blocking_pids(1)"
      })
  @Attack(
      tries = "Take advisory locks that jobs and migrations wait for; look who holds which lock",
      stoppedBy = REVOKES)
  void noLockIsTakenOrSeen(String sql) {
    guarded().tries(sql).isRefusedByTheServer("42501");
  }

  @Test
  @Attack(
      tries = "Signal others: `pg_notify`, NOTIFY",
      stoppedBy = {REVOKES, STATEMENT},
      leaves =
          "NOTIFY cannot be taken away: past the statement check it wakes whoever listens, with a"
              + " text of the attacker's. Listeners of the platform ask the database what changed,"
              + " and believe no payload.")
  void nobodyIsSignalled() {
    guarded().tries("select pg_notify('planted', 'x')").isRefusedByTheServer("42501");
    guarded().tries("notify planted, 'x'").isRefusedAtTheDoor();
    bare().tries("notify planted, 'x'").isHarmless();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select pg_sleep(60)",
        "select pg_sleep_for('1 minute')",
        "select pg_sleep_until(now() + interval '1 minute')",
        "select pg_logical_emit_message(false, 'planted', 'x')",
        "select lastval()",
        "select word from ts_stat('select title from tenantry_api.research_reports')",
        "select ts_rewrite('a'::tsquery, 'select null::tsquery, null::tsquery')"
      })
  @Attack(
      tries =
          "Hold a connection by sleeping; write into the log stream; run a text by `ts_stat`,"
              + " `ts_rewrite`",
      stoppedBy = REVOKES)
  void whatOnlyHoldsOrHidesIsNotCallable(String sql) {
    guarded().tries(sql).isRefusedByTheServer("42501");
  }

  @Test
  @Attack(
      tries = "Burn CPU in one statement: `generate_series`, cross joins, recursion",
      stoppedBy = TIMEOUT,
      leaves = "A tenant's limits of requests and connections bound how often.")
  void workWithoutEndIsEnded() {
    try (Serving short500 = Ground.start(Map.of("tenantry.pool.statement-timeout", "500ms"))) {
      Attacker attacker = new Attacker(short500, Ground.ACME);
      for (String sql :
          new String[] {
            "select count(*) from generate_series(1, 1000000000000) n",
            "with recursive r (n) as (select 1 union all select n + 1 - 1 from r) select count(*)"
                + " from r"
          }) {
        attacker.tries(sql).isRefusedByTheServer("57014");
      }
    }
  }

  @Test
  @Attack(
      tries = "Wait for locks without end: `wait_for_locks` with huge values, `SET lock_timeout`",
      stoppedBy = {TIMEOUT, STATEMENT})
  void noWaitIsLongerThanTheStatementMay() {
    for (String millis : new String[] {"0", "-1", "60001", "2147483647", "null"}) {
      guarded()
          .tries("select tenantry_guard.wait_for_locks(" + millis + ")")
          .isRefusedByTheServer("22023");
    }
    guarded().tries("select tenantry_guard.wait_for_locks(60000)").is("t");
    bare().tries("select tenantry_guard.wait_for_locks(60000)", "show statement_timeout").is("10s");
  }

  @Test
  @Attack(
      tries = "Raise one's own statement timeout",
      stoppedBy = {STATEMENT, NONE},
      leaves =
          "Past the statement check the server no longer ends the statement. The driver gives up at"
              + " the request's deadline and closes the connection; the server goes on until it"
              + " notices that.")
  void theTimeoutIsRaisedOnlyPastTheStatementCheck() {
    guarded().tries("set local statement_timeout = 0").isRefusedAtTheDoor();
    bare().tries("set local statement_timeout = 0", "show statement_timeout").is("0");
    bare().tries("show statement_timeout").is("10s");
  }

  @Test
  @Attack(
      tries = "Infer how busy the platform is: `pg_current_xact_id`, `xmin` of one's own rows",
      stoppedBy = NONE,
      leaves = "They count the transactions of all tenants together, and tell nobody's share.")
  void thePlatformsPaceIsNoSecret() {
    guarded()
        .tries("select pg_current_xact_id(), xmin from tenantry_api.research_reports")
        .isHarmless();
  }

  @Test
  @Attack(
      tries = "Fill the server's disk with temporary files, or its memory with one value",
      stoppedBy = {TIMEOUT, SERVER, NONE},
      leaves =
          "Each connection may have 1 GB of temporary files; memory is bounded by the machine"
              + " alone. A full one hits every tenant, none by name.")
  void theLimitOfTemporaryFilesIsNotTheTenantsToRaise() {
    guarded().tries("select current_setting('temp_file_limit')").is("1GB");
    guarded().tries("set temp_file_limit = -1").isRefusedAtTheDoor();
    bare().tries("set temp_file_limit = -1").isRefusedByTheServer("42501");
    bare()
        .tries("reset role", "alter role tenantry_app_a set temp_file_limit = -1")
        .isRefusedByTheServer("42501");
  }
}
