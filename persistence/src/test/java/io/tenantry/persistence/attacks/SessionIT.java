package io.tenantry.persistence.attacks;

import static io.tenantry.persistence.attacks.Ground.bare;
import static io.tenantry.persistence.attacks.Ground.guarded;
import static io.tenantry.persistence.attacks.Wall.CONNECTION;
import static io.tenantry.persistence.attacks.Wall.NONE;
import static io.tenantry.persistence.attacks.Wall.REVOKES;
import static io.tenantry.persistence.attacks.Wall.SERVER;
import static io.tenantry.persistence.attacks.Wall.STATEMENT;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leaving something in the session for the tenant that comes next. */
@ExtendWith(NeighbourIsUnharmed.class)
class SessionIT {

  private static final String TITLES = "select title from tenantry_api.research_reports";
  private static final String DIRTY = "57P01";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prepare \"S_99\" as select title from tenantry_api.research_reports",
        "declare held cursor with hold for select title from tenantry_api.research_reports",
        "listen planted"
      })
  @Attack(
      tries =
          "Leave a prepared statement under a name of the driver's, a held cursor, a LISTEN for the"
              + " next tenant",
      stoppedBy = {STATEMENT, CONNECTION},
      leaves =
          "Past the statement check the next transaction on that connection fails once, whoever's"
              + " it is; the connection is thrown away.")
  void whatIsLeftInTheSessionEndsTheConnection(String sql) {
    guarded().tries(sql).isRefusedAtTheDoor();
    bare().tries(sql).isHarmless();
    bare().as(Ground.GLOBEX).tries(TITLES).isRefusedByTheServer(DIRTY);
    bare().as(Ground.GLOBEX).tries(TITLES).tellsTheSecret();
  }

  @Test
  @Attack(
      tries = "Throw away what the driver has prepared: DEALLOCATE ALL, DISCARD PLANS",
      stoppedBy = {STATEMENT, SERVER})
  void whatTheDriverPreparedIsPreparedAnew() {
    for (String sql : new String[] {"deallocate all", "discard plans", "discard sequences"}) {
      guarded().tries(sql).isRefusedAtTheDoor();
      // Often enough that the driver has named its statements.
      for (int i = 0; i < 7; i++) {
        bare().as(Ground.GLOBEX).tries(TITLES).tellsTheSecret();
      }
      bare().tries(sql).isHarmless();
      bare().as(Ground.GLOBEX).tries(TITLES).tellsTheSecret();
    }
    guarded().tries("discard all").isRefusedAtTheDoor();
    bare().tries("discard all").isRefusedByTheServer("25001");
  }

  @Test
  @Attack(
      tries = "See what the session prepared for others: `pg_prepared_statements`, `pg_cursors`",
      stoppedBy = REVOKES)
  void whatWasPreparedForOthersIsNotListed() {
    bare().as(Ground.GLOBEX).tries(TITLES).tellsTheSecret();
    guarded()
        .tries("select statement from pg_catalog.pg_prepared_statements")
        .isRefusedByTheServer("42501");
    bare()
        .tries(
            "select statement from pg_catalog.pg_cursors where statement not like '%pg_cursors%'")
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "execute \"S_1\"",
        "fetch all from \"C_1\"",
        "call tenantry_guard.drop_key(1)",
        "begin",
        "start transaction",
        "show all",
        "table tenantry_api.research_reports",
        "comment on table tenantry_api.research_reports is 'x'",
        "load 'plpgsql'",
        "checkpoint",
        "import foreign schema x from server y into z",
        "security label on table tenantry_api.research_reports is 'x'",
        "analyze tenantry_api.research_reports",
        "refresh materialized view planted",
        "reindex table tenantry_api.research_reports",
        "set constraints all deferred"
      })
  @Attack(
      tries = "Any other command: EXECUTE, FETCH, CALL, BEGIN, SHOW, LOAD, CHECKPOINT, ANALYZE, ..",
      stoppedBy = STATEMENT)
  void onlyStatementsThatReadAndWriteRowsGetThrough(String sql) {
    guarded().tries(sql).isRefusedAtTheDoor();
    bare().triesAndTakesBack(sql).tellsNothing();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1; select 2",
        "select 1; set local role {globex.role}",
        "select 1 /* ; */ ; commit",
        "select ';' ; reset all",
        "/* select */ set local role {globex.role}",
        "-- select\nset local role {globex.role}",
        "((reset all",
        "select $$;$$; discard all",
        "select e'\\'' ; reset role; select ''",
        ""
      })
  @Attack(
      tries =
          "Stack a second statement behind the first, or hide its kind behind comments and quotes",
      stoppedBy = STATEMENT)
  void oneStatementOfAKnownKindIsAllThereIs(String sql) {
    guarded().tries(sql).isRefusedAtTheDoor();
  }

  @Test
  @Attack(
      tries = "Leave settings in the session: `SET` of search_path, statement_timeout, role, plans",
      stoppedBy = {STATEMENT, NONE},
      leaves =
          "Past the statement check a session keeps what SET left until it is closed: later"
              + " transactions may fail or be slow, for whoever comes next on that connection. No"
              + " setting opens a row; role, tenant and timeouts are set anew by each checkout.")
  void settingsThatAreLeftOpenNoRow() {
    for (String sql :
        new String[] {
          "set search_path = public",
          "set statement_timeout = 0",
          "set role {acme.role}",
          "set plan_cache_mode = force_generic_plan",
          "set session authorization default"
        }) {
      guarded().tries(sql).isRefusedAtTheDoor();
      bare().tries(sql).isHarmless();
      bare()
          .as(Ground.GLOBEX)
          .tries("select tenant_id from tenantry_api.research_reports")
          .is(Ground.GLOBEX.toString());
      bare().as(Ground.GLOBEX).tries("show statement_timeout").is("10s");
    }
    bare().tries("set search_path = pg_catalog").isHarmless();
    bare().tries("reset role").isHarmless();
    bare().tries("reset plan_cache_mode").isHarmless();
  }

  @ParameterizedTest
  @ValueSource(strings = {"set row_security = off", "set default_transaction_read_only = on"})
  @Attack(
      tries =
          "Make the next tenant's statements fail or mean something else: `SET` of row_security,"
              + " default_transaction_read_only",
      stoppedBy = {STATEMENT, SERVER},
      leaves =
          "Past the statement check the next transaction on that connection fails, and ends it.")
  void settingsThatMakeOthersFailEndTheConnection(String sql) {
    guarded().tries(sql).isRefusedAtTheDoor();
    bare().tries(sql);
    bare().as(Ground.GLOBEX).tries(TITLES).isRefusedByTheServer(DIRTY);
    bare()
        .as(Ground.GLOBEX)
        .tries("select count(*) >= 0 from tenantry_api.research_reports")
        .is("t");
  }

  @Test
  @Attack(
      tries = "Hand something over with PREPARE TRANSACTION; list others' in `pg_prepared_xacts`",
      stoppedBy = {STATEMENT, SERVER, REVOKES})
  void noTransactionIsPreparedForLater() {
    guarded().tries("prepare transaction 'planted'").isRefusedAtTheDoor();
    // max_prepared_transactions is 0 unless somebody sets it.
    bare().tries("prepare transaction 'planted'").isRefusedByTheServer("55000");
    guarded().tries("select gid from pg_catalog.pg_prepared_xacts").isRefusedByTheServer("42501");
  }

  @Test
  @Attack(
      tries = "Share a snapshot: `pg_export_snapshot`, `SET TRANSACTION SNAPSHOT`",
      stoppedBy = {REVOKES, STATEMENT})
  void noSnapshotIsShared() {
    guarded().tries("select pg_export_snapshot()").isRefusedByTheServer("42501");
    String use = "set transaction snapshot '00000003-0000001B-1'";
    guarded().tries(use).isRefusedAtTheDoor();
    bare().tries(use).isRefusedByTheServer("25001", "22023", "0A000", "42704");
  }

  @Test
  @Attack(tries = "Make others' randomness known: `setseed`", stoppedBy = REVOKES)
  void nobodySeedsTheNeighboursRandomness() {
    guarded().tries("select setseed(0.5)").isRefusedByTheServer("42501");
  }
}
