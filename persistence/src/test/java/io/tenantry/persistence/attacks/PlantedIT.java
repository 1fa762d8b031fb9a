package io.tenantry.persistence.attacks;

import static io.tenantry.persistence.attacks.Ground.bare;
import static io.tenantry.persistence.attacks.Ground.guarded;
import static io.tenantry.persistence.attacks.Wall.GRANTS;
import static io.tenantry.persistence.attacks.Wall.ROWS;
import static io.tenantry.persistence.attacks.Wall.STATEMENT;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Going through objects that somebody else has made: each first with the mistake, then without. */
@ExtendWith(NeighbourIsUnharmed.class)
class PlantedIT {

  private static final String SOURCE = "select tenant_id, title from tenantry_api.research_reports";
  private static final String READ = "select title from planted.thing";
  private static final List<String> DROP = List.of("drop schema planted cascade");

  @Test
  @Attack(tries = "Read through a view with its owner's rights", stoppedBy = ROWS)
  void aViewOfTheOwnersIsUnderThePolicyToo() throws Exception {
    // Its maker is a superuser, whom no policy binds.
    try (AutoCloseable _ =
        schema(
            "create view planted.thing as " + SOURCE, "grant select on planted.thing to public")) {
      guarded().tries(READ).tellsTheSecret();
      Ground.asSuperuser("alter view planted.thing set (security_invoker = true)");
      guarded().tries(READ).is("1");
      // FORCE binds the tables' owner as well, so that its views leak nothing either.
      Ground.asSuperuser(
          "alter view planted.thing set (security_invoker = false)",
          "alter view planted.thing owner to tenantry_owner");
      guarded().tries(READ).is("1");
      try (AutoCloseable _ =
          Ground.planted(
              List.of("alter table tenantry_api.research_reports no force row level security"),
              List.of("alter table tenantry_api.research_reports force row level security"))) {
        guarded().tries(READ).tellsTheSecret();
      }
    }
  }

  @Test
  @Attack(tries = "Read a materialized view, which has no policies", stoppedBy = GRANTS)
  void aMaterializedViewNeedsAGrantThatNobodyHas() throws Exception {
    try (AutoCloseable _ = schema("create materialized view planted.thing as " + SOURCE)) {
      guarded().tries(READ).isRefusedByTheServer("42501");
      Ground.asSuperuser("grant select on planted.thing to tenantry_tenant");
      guarded().tries(READ).tellsTheSecret();
    }
  }

  @Test
  @Attack(
      tries = "Read a partition by itself: policies are asked of the table that is named",
      stoppedBy = GRANTS)
  void aPartitionNeedsAGrantThatNobodyHas() throws Exception {
    try (AutoCloseable _ =
        schema(
            "create table planted.thing (tenant_id uuid, title text) partition by hash (tenant_id)",
            "create table planted.part partition of planted.thing"
                + " for values with (modulus 1, remainder 0)",
            "insert into planted.thing " + SOURCE,
            "alter table planted.thing enable row level security",
            "alter table planted.thing force row level security",
            "create policy tenant_isolation on planted.thing"
                + " using (tenant_id = (select tenantry_guard.current_tenant()))",
            "grant select on planted.thing to tenantry_tenant")) {
      guarded().tries(READ).is("1");
      guarded().tries("select title from planted.part").isRefusedByTheServer("42501");
      Ground.asSuperuser("grant select on planted.part to tenantry_tenant");
      guarded().tries("select title from planted.part").tellsTheSecret();
    }
  }

  @Test
  @Attack(tries = "Call a SECURITY DEFINER function that reads for its caller", stoppedBy = ROWS)
  void aFunctionOfTheOwnersIsUnderThePolicyToo() throws Exception {
    String call = "select title from planted.thing()";
    try (AutoCloseable _ =
        schema(
            "create function planted.thing() returns table (title text) language sql"
                + " security definer as 'select title from tenantry_api.research_reports'",
            "grant execute on function planted.thing() to public")) {
      guarded().tries(call).tellsTheSecret();
      Ground.asSuperuser("alter function planted.thing() owner to tenantry_owner");
      guarded().tries(call).is("1");
      Ground.asSuperuser("alter function planted.thing() security invoker");
      guarded().tries(call).is("1");
    }
  }

  @Test
  @Attack(
      tries = "A second, permissive policy beside the canonical one",
      stoppedBy = ROWS,
      leaves =
          "Whoever may change policies may open the table: the catalog scan demands exactly one.")
  void oneMorePolicyWouldOpenTheTable() throws Exception {
    String read = "select title from tenantry_api.research_reports where tenant_id = '{globex}'";
    guarded().tries(read).isEmpty();
    try (AutoCloseable _ =
        Ground.planted(
            List.of("create policy open on tenantry_api.research_reports using (true)"),
            List.of("drop policy open on tenantry_api.research_reports"))) {
      guarded().tries(read).tellsTheSecret();
    }
  }

  @Test
  @Attack(
      tries =
          "Functions, operators and casts that shadow the server's, in a schema on the search path",
      stoppedBy = {STATEMENT, GRANTS})
  void nothingOnTheSearchPathShadowsWhatPoliciesUse() throws Exception {
    bare().as(Ground.GLOBEX).tries("show search_path").is("pg_catalog");
    try (AutoCloseable _ =
        schema(
            "create function planted.always(uuid, uuid) returns boolean language sql as 'select"
                + " true'",
            "create operator planted.= (leftarg = uuid, rightarg = uuid, function ="
                + " planted.always)",
            "create function planted.current_setting(text, boolean) returns text language sql"
                + " as $$ select '{globex}' $$")) {
      guarded().tries("set local search_path = planted, pg_catalog").isRefusedAtTheDoor();
      // The policy was bound to its operator and functions when it was made.
      bare()
          .tries(
              "set local search_path = planted, pg_catalog",
              "select title from tenantry_api.research_reports")
          .is("1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table {acme.schema}.planted (id int)",
        "create table public.planted (id int)",
        "create table tenantry_api.planted (id int)",
        "create table {acme.schema}.planted as select 1",
        "create schema planted",
        "create temporary table research_reports (id int)",
        "create table pg_temp.desk_orders (id int)",
        "create temporary view planted as select 1",
        "create sequence {acme.schema}.planted",
        "create type {acme.schema}.planted as (id int)",
        "create domain {acme.schema}.planted as int",
        "create operator {acme.schema}.= (leftarg = uuid, rightarg = uuid, function = uuid_eq)",
        "create cast (uuid as int) without function",
        "create aggregate {acme.schema}.planted (int) (sfunc = int4pl, stype = int)",
        "create event trigger planted on ddl_command_start execute function"
            + " tenantry_control.refuse_change()",
        "create publication planted for table tenantry_api.research_reports",
        "create statistics {acme.schema}.planted on title, body from tenantry_api.research_reports",
        "create language plperl",
        "do $$ begin perform 1; end $$"
      })
  @Attack(
      tries = "Make a table, temporary table, view, type, operator, cast, trigger, publication; DO",
      stoppedBy = {STATEMENT, GRANTS})
  void nothingCanBeMade(String sql) {
    guarded().tries(sql).isRefusedAtTheDoor();
    bare().tries(sql).isRefusedByTheServer("42501", "0A000");
    bare().tries("reset role", sql).isRefusedByTheServer("42501", "0A000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select title into planted from tenantry_api.research_reports",
        "select title into {acme.schema}.planted from tenantry_api.research_reports",
        "select title into temporary planted from tenantry_api.research_reports",
        "with r as (select 1 as id) select id into pg_temp.planted from r"
      })
  @Attack(tries = "`SELECT .. INTO` a table or temporary table", stoppedBy = GRANTS)
  void selectIntoMakesNothing(String sql) {
    // A check of the text may see it too; without one the grants do.
    guarded().tries(sql).isRefused("42501", "0A000");
    bare().tries(sql).isRefusedByTheServer("42501");
  }

  private static AutoCloseable schema(String... statements) {
    List<String> now = new ArrayList<>();
    now.add("create schema planted");
    now.add("grant usage on schema planted to public");
    now.addAll(List.of(statements));
    return Ground.planted(now, DROP);
  }
}
