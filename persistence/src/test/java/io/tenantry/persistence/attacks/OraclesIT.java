package io.tenantry.persistence.attacks;

import static io.tenantry.persistence.attacks.Ground.bare;
import static io.tenantry.persistence.attacks.Ground.guarded;
import static io.tenantry.persistence.attacks.Wall.GRANTS;
import static io.tenantry.persistence.attacks.Wall.NONE;
import static io.tenantry.persistence.attacks.Wall.REVOKES;
import static io.tenantry.persistence.attacks.Wall.ROWS;
import static io.tenantry.persistence.attacks.Wall.STATEMENT;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inferring rows from errors, plans and statistics. */
@ExtendWith(NeighbourIsUnharmed.class)
class OraclesIT {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select count(*) from %s where title::int = 1",
        "select count(*) from %s where (title || '')::numeric > 0",
        "select count(*) from %s where title::uuid is null or true",
        "select count(*) from %s where 1 / (case when title like 'globex%%' then 0 else 1 end) = 1",
        "select sum(title::int) from %s",
        "select count(*) from %s a join %s b on a.title::int = b.title::int"
      })
  @Attack(
      tries =
          "Functions that fail with the value in their message: casts, division, in WHERE and JOIN",
      stoppedBy = ROWS)
  void noForeignValueReachesAFailingFunction(String sql) throws Exception {
    String table = "tenantry_api.research_reports";
    String text = sql.replace("%%", "%").replace("%s", table);
    guarded().tries(text).tellsNothing();
    // Reading every row of the table, which an index would spare.
    bare()
        .tries("set local enable_indexscan = off", "set local enable_bitmapscan = off", text)
        .tellsNothing();
    if (sql.contains("title::int = 1")) {
      // The first must run, for the attacker's own title is a number.
      guarded().tries(sql.replace("%s", table)).is("1");
      try (AutoCloseable _ =
          Ground.planted(
              List.of("alter table " + table + " disable row level security"),
              List.of("alter table " + table + " enable row level security"))) {
        guarded().tries(sql.replace("%s", table)).tellsTheSecret();
      }
    }
  }

  @Test
  @Attack(
      tries = "A cheap function of the attacker's own that tells every row it is given",
      stoppedBy = {STATEMENT, GRANTS, ROWS})
  void noFunctionOfTheAttackersSeesARow() throws Exception {
    String create =
        "create function {schema}.tell(text) returns boolean cost 0.0001 language plpgsql"
            + " as $$ begin raise exception '%', $1; end $$";
    for (String schema : List.of("{acme.schema}", "pg_temp", "tenantry_api", "public")) {
      String text = create.replace("{schema}", schema);
      guarded().tries(text).isRefusedAtTheDoor();
      bare().tries(text).isRefusedByTheServer("42501");
    }
    // Even one that is there is asked after the policy, however cheap it says it is.
    try (AutoCloseable _ =
        Ground.planted(
            List.of(
                "create schema planted",
                "grant usage on schema planted to public",
                "create function planted.tell(text) returns boolean cost 0.0001 language plpgsql as"
                    + " $$ begin if $1 <> '1' then raise exception '%', $1; end if; return true;"
                    + " end $$"),
            List.of("drop schema planted cascade"))) {
      guarded()
          .tries("select title from tenantry_api.research_reports where planted.tell(title)")
          .is("1");
      // Marked leakproof, which only a superuser can, it is asked first.
      Ground.asSuperuser("alter function planted.tell(text) leakproof");
      bare()
          .tries(
              "set local enable_indexscan = off",
              "set local enable_bitmapscan = off",
              "select title from tenantry_api.research_reports where planted.tell(title)")
          .tellsTheSecret();
    }
  }

  @Test
  @Attack(
      tries = "Statistics of values: `pg_statistic`, `pg_stats`, `pg_stats_ext`",
      stoppedBy = {GRANTS, ROWS})
  void statisticsShowNoForeignValue() {
    Ground.asSuperuser(
        "analyze tenantry_api.research_reports", "analyze {globex.schema}.desk_orders");
    guarded().tries("select stavalues1 from pg_catalog.pg_statistic").isRefusedByTheServer("42501");
    guarded()
        .tries("select stxdmcv from pg_catalog.pg_statistic_ext_data")
        .isRefusedByTheServer("42501");
    guarded()
        .tries(
            "select most_common_vals, histogram_bounds from pg_catalog.pg_stats"
                + " where tablename in ('research_reports', 'desk_orders')")
        .isEmpty();
    guarded().tries("select most_common_vals from pg_catalog.pg_stats_ext").isEmpty();
  }

  @Test
  @Attack(
      tries =
          "EXPLAIN and EXPLAIN ANALYZE of a shared table: estimates, rows removed by the policy",
      stoppedBy = {STATEMENT, NONE},
      leaves =
          "Past the statement check the numbers tell roughly how many rows all tenants have in a"
              + " shared table; never a value, nor whose they are.")
  void explainingTakesMoreThanASelect() {
    String explain =
        "explain (analyze, timing off) select title from tenantry_api.research_reports";
    guarded().tries(explain).isRefusedAtTheDoor();
    bare().tries(explain).isHarmless();
    guarded()
        .tries("select query_to_xml('" + explain + "', true, true, '')")
        .isRefusedByTheServer("42501");
  }

  @Test
  @Attack(
      tries = "Count a neighbour's rows by `pg_class.reltuples` and `relpages`",
      stoppedBy = NONE,
      leaves =
          "The catalog tells everybody the estimated number of rows and pages of any table, as of"
              + " its last ANALYZE; per tenant where tables are a tenant's own. Nobody can take"
              + " that away from `pg_class`.")
  void theCatalogTellsRoughNumbers() {
    Ground.asSuperuser("analyze {globex.schema}.desk_orders");
    guarded()
        .tries(
            "select reltuples from pg_catalog.pg_class"
                + " where oid = '{globex.schema}.desk_orders'::regclass")
        .isRefusedByTheServer("42501");
    guarded()
        .tries(
            "select c.reltuples from pg_catalog.pg_class c"
                + " join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
                + " where n.nspname = '{globex.schema}' and c.relname = 'desk_orders'")
        .is("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pg_relation_size", "pg_table_size", "pg_indexes_size", "pg_total_relation_size"})
  @Attack(
      tries = "Sizes of a neighbour's tables: the `pg_relation_size` family",
      stoppedBy = REVOKES)
  void sizesAreNotTold(String function) {
    guarded()
        .tries(
            "select %s(c.oid) from pg_catalog.pg_class c where c.relname = 'desk_orders'"
                .formatted(function))
        .isRefusedByTheServer("42501");
  }

  @Test
  @Attack(
      tries = "Sample a shared table past its policy: TABLESAMPLE, `ctid`, whole-row references",
      stoppedBy = ROWS,
      leaves =
          "Gaps between the places (`ctid`) of one's own rows tell that somebody else has rows in"
              + " between.")
  void samplingMeetsThePolicy() {
    String table = "tenantry_api.research_reports";
    guarded().tries("select title from " + table + " tablesample system (100)").is("1");
    guarded().tries("select t::text from " + table + " t where ctid is not null").isHarmless();
    guarded().tries("select title from only " + table + " order by ctid").is("1");
  }
}
