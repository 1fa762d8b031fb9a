package io.tenantry.persistence.attacks;

import static io.tenantry.persistence.attacks.Ground.bare;
import static io.tenantry.persistence.attacks.Ground.guarded;
import static io.tenantry.persistence.attacks.Wall.GRANTS;
import static io.tenantry.persistence.attacks.Wall.REVOKES;
import static io.tenantry.persistence.attacks.Wall.SERVER;
import static io.tenantry.persistence.attacks.Wall.STATEMENT;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's files, large objects, extensions, and functions that run a text. */
@ExtendWith(NeighbourIsUnharmed.class)
class ServerIT {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select lo_create(0)",
        "select lo_creat(-1)",
        "select lo_from_bytea(0, 'x')",
        "select lo_get(1)",
        "select lo_put(1, 0, 'x')",
        "select lo_open(1, 262144)",
        "select lo_unlink(1)",
        "select lo_import('/etc/passwd')",
        "select lo_export(1, '/tmp/planted')",
        "select loread(0, 1)",
        "select lowrite(0, 'x')",
        "select data from pg_catalog.pg_largeobject"
      })
  @Attack(
      tries = "Large objects, which know no policy: create, read, import and export them",
      stoppedBy = REVOKES)
  void largeObjectsAreNobodys(String sql) {
    guarded().tries(sql).isRefusedByTheServer("42501");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select pg_read_file('PG_VERSION')",
        "select pg_read_binary_file('PG_VERSION')",
        "select pg_ls_dir('base')",
        "select pg_ls_waldir()",
        "select pg_ls_logdir()",
        "select pg_stat_file('PG_VERSION')",
        "select pg_current_logfile()",
        "select * from pg_catalog.pg_hba_file_rules",
        "select * from pg_catalog.pg_file_settings",
        "select rolpassword from pg_catalog.pg_authid",
        "select passwd from pg_catalog.pg_shadow",
        "select * from pg_catalog.pg_user_mapping",
        "select subconninfo from pg_catalog.pg_subscription",
        "select * from pg_catalog.pg_backend_memory_contexts",
        "select * from pg_catalog.pg_shmem_allocations"
      })
  @Attack(
      tries =
          "Files of the server, passwords, connection strings: `pg_read_file`, `pg_ls_dir`,"
              + " `pg_authid`",
      stoppedBy = SERVER)
  void theServersFilesAreItsOwn(String sql) {
    guarded().tries(sql).isRefusedByTheServer("42501");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create extension dblink",
        "create extension postgres_fdw",
        "create extension pg_stat_statements",
        "create server planted foreign data wrapper postgres_fdw",
        "create foreign data wrapper planted",
        "create subscription planted connection 'host=localhost' publication x",
        "create function {acme.schema}.planted() returns int language c as '$libdir/plpgsql', 'x'"
      })
  @Attack(
      tries =
          "Another connection from inside: extensions, foreign servers, subscriptions, C functions",
      stoppedBy = {STATEMENT, SERVER})
  void noConnectionIsOpenedFromInside(String sql) {
    guarded().tries(sql).isRefusedAtTheDoor();
    // Not there to be installed (0A000, 58P01, 42704), not inside a transaction (25001), or
    // refused.
    bare().tries(sql).isRefusedByTheServer("42501", "0A000", "58P01", "42704", "25001", "3F000");
  }

  @Test
  @Attack(tries = "Call `dblink` or a foreign table that somebody left", stoppedBy = SERVER)
  void noWayOutIsLeft() {
    guarded()
        .tries("select * from dblink('dbname=attacks', 'select 1') as t (n int)")
        .isRefusedByTheServer("42883");
    guarded().tries("select count(*) from information_schema.foreign_tables").is("0");
    Ground.asSuperuser("select count(*) from pg_extension where extname <> 'plpgsql'").is("0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select query_to_xml('select title from tenantry_api.research_reports', true, true, '')",
        "select query_to_xmlschema('reset role', true, true, '')",
        "select query_to_xml_and_xmlschema('reset role', true, true, '')",
        "select table_to_xml('tenantry_api.research_reports'::regclass, true, true, '')",
        "select table_to_xmlschema('tenantry_api.research_reports'::regclass, true, true, '')",
        "select cursor_to_xml('c', 1, true, true, '')",
        "select schema_to_xml('{globex.schema}', true, true, '')",
        "select database_to_xml(true, true, '')",
        "select database_to_xmlschema(true, true, '')"
      })
  @Attack(
      tries = "Run a text that no check has seen: the `*_to_xml` functions",
      stoppedBy = REVOKES)
  void noTextIsRunByAFunction(String sql) {
    guarded().tries(sql).isRefusedByTheServer("42501", "3F000");
  }

  @Test
  @Attack(
      tries =
          "Infer how many rows were made from a sequence: `nextval`, `currval`, `lastval`,"
              + " `pg_sequences`",
      stoppedBy = {REVOKES, GRANTS})
  void thereIsNoSequenceToAsk() throws Exception {
    guarded().tries("select lastval()").isRefusedByTheServer("42501");
    guarded().tries("select count(*) from pg_catalog.pg_class where relkind = 'S'").is("0");
    try (AutoCloseable _ =
        Ground.planted(
            List.of("create sequence tenantry_api.planted"),
            List.of("drop sequence tenantry_api.planted"))) {
      for (String ask :
          List.of(
              "select nextval('tenantry_api.planted')",
              "select setval('tenantry_api.planted', 1)",
              "select currval('tenantry_api.planted')",
              "select last_value from tenantry_api.planted")) {
        guarded().tries(ask).isRefusedByTheServer("42501", "55000");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select pg_nextoid('pg_catalog.pg_class', 'oid', 'pg_catalog.pg_class_oid_index')",
        "select brin_summarize_new_values('tenantry_api.research_reports_time_idx')",
        "select gin_clean_pending_list('tenantry_api.research_reports_time_idx')",
        "select pg_create_restore_point('planted')",
        "select pg_switch_wal()",
        "select pg_create_physical_replication_slot('planted')",
        "select pg_create_logical_replication_slot('planted', 'pgoutput')",
        "select pg_replication_origin_create('planted')",
        "select pg_import_system_collations('pg_catalog')",
        "select pg_stat_reset()",
        "select pg_stat_reset_shared('io')",
        "select pg_promote()"
      })
  @Attack(
      tries =
          "Functions of the server's upkeep: replication slots, restore points, index upkeep,"
              + " resetting statistics",
      stoppedBy = {SERVER, REVOKES})
  void upkeepIsNotTheTenants(String sql) {
    guarded().tries(sql).isRefusedByTheServer("42501", "42809", "XX000", "22023", "0A000", "42883");
  }

  @Test
  @Attack(
      tries = "Follow a row by its place past the policy: `currtid2` on a shared table",
      stoppedBy = REVOKES)
  void nobodysRowIsFollowedByItsPlace() {
    guarded()
        .tries("select currtid2('tenantry_api.research_reports', '(0,1)')")
        .isRefusedByTheServer("42501");
    guarded()
        .tries("select currtid2('{globex.schema}.desk_orders', '(0,1)')")
        .isRefusedByTheServer("42501");
  }

  @Test
  @Attack(
      tries =
          "Mislead the planner for everybody: `pg_restore_relation_stats`,"
              + " `pg_clear_attribute_stats` (18)",
      stoppedBy = GRANTS)
  void statisticsAreNotTheTenantsToWrite() {
    for (String sql :
        List.of(
            "select pg_restore_relation_stats('schemaname', 'tenantry_api', 'relname',"
                + " 'research_reports', 'relpages', 1000000)",
            "select pg_clear_relation_stats('tenantry_api', 'research_reports')",
            "select pg_clear_attribute_stats('tenantry_api', 'research_reports', 'title',"
                + " false)")) {
      // Before 18 there are no such functions.
      guarded().tries(sql).isRefusedByTheServer(Ground.version() >= 180000 ? "42501" : "42883");
    }
  }
}
