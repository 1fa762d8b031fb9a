package io.tenantry.persistence.attacks;

import static io.tenantry.persistence.attacks.Ground.ACMES_ROW;
import static io.tenantry.persistence.attacks.Ground.GLOBEXS_ROW;
import static io.tenantry.persistence.attacks.Ground.bare;
import static io.tenantry.persistence.attacks.Ground.guarded;
import static io.tenantry.persistence.attacks.Wall.GRANTS;
import static io.tenantry.persistence.attacks.Wall.KEYS;
import static io.tenantry.persistence.attacks.Wall.NONE;
import static io.tenantry.persistence.attacks.Wall.REVOKES;
import static io.tenantry.persistence.attacks.Wall.ROWS;
import static io.tenantry.persistence.attacks.Wall.STATEMENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inferring rows from errors, conflicts, plans and statistics. */
@ExtendWith(NeighbourIsUnharmed.class)
class OraclesIT {

  private static final String POLICY =
      "create policy tenant_isolation on tenantry_api.%s"
          + " using (tenant_id = (select tenantry_guard.current_tenant()))"
          + " with check (tenant_id = (select tenantry_guard.current_tenant()))";

  /** Divides by zero when the conflicting row's text begins with the guess. */
  private static final String ON_CONFLICT =
      "insert into tenantry_api.%s as t (tenant_id, id, title, body) values ('{acme}', '"
          + GLOBEXS_ROW
          + "', 'x', 'x') on conflict (%s) do update set title = 'x'"
          + " where 1 / (case when t.title like 'globex%%' then 0 else 1 end) = 1";

  @Test
  @Attack(
      tries = "ON CONFLICT .. WHERE, evaluated before the policy (CVE-2026-120154)",
      stoppedBy = KEYS)
  void noConflictWithAForeignRowEvaluatesACondition() throws Exception {
    guarded().triesAndTakesBack(ON_CONFLICT.formatted("research_reports", "tenant_id, id")).is("1");
    try (AutoCloseable _ = plantedCopy("unique (id)")) {
      Outcome planted = guarded().triesAndTakesBack(ON_CONFLICT.formatted("planted", "id"));
      // The conflict alone tells that the row is there; the division tells what it says.
      boolean mended = isMended(Ground.version());
      assertThat(planted.sqlState()).as(planted.said()).isEqualTo(mended ? "42501" : "22012");
    }
  }

  /** The minor versions that check the policy first. */
  private static boolean isMended(int version) {
    return switch (version / 10_000) {
      case 15 -> version >= 150020;
      case 16 -> version >= 160016;
      case 17 -> version >= 170012;
      case 18 -> version >= 180007;
      default -> true;
    };
  }

  @Test
  @Attack(
      tries =
          "Unique probing: insert the neighbour's id or business key and look whether it collides",
      stoppedBy = KEYS)
  void noKeyOfTheNeighboursCollides() throws Exception {
    String probe =
        "insert into tenantry_api.%s (tenant_id, id, title, body) values ('{acme}', '"
            + GLOBEXS_ROW
            + "', 'x', 'x')";
    guarded().triesAndTakesBack(probe.formatted("research_reports")).is("1");
    guarded()
        .triesAndTakesBack(probe.formatted("research_reports") + " on conflict do nothing")
        .is("1");
    guarded()
        .triesAndTakesBack(
            "update {acme.schema}.desk_orders set client_order_id = '" + Outcome.MARK + "'")
        .isHarmless();
    try (AutoCloseable _ = plantedCopy("unique (id)")) {
      guarded().triesAndTakesBack(probe.formatted("planted")).isRefusedByTheServer("23505");
    }
  }

  @Test
  @Attack(
      tries = "Foreign-key probing: refer to the neighbour's row and look whether it is there",
      stoppedBy = KEYS)
  void noForeignKeyTellsWhetherAForeignRowIsThere() throws Exception {
    String fill =
        "insert into {acme.schema}.desk_fills"
            + " (tenant_id, id, order_id, venue_fill_id, price, quantity, filled_at)"
            + " values ('{acme}', gen_random_uuid(), '%s', 'probe', 1, 1, now())";
    guarded().tries(fill.formatted(GLOBEXS_ROW)).isRefusedByTheServer("23503");
    guarded()
        .tries(fill.formatted("00000000-0000-0000-0000-0000000000ee"))
        .isRefusedByTheServer("23503");
    try (AutoCloseable _ = plantedCopy("unique (id)");
        AutoCloseable _ = plantedChild("references tenantry_api.planted (id)")) {
      guarded().triesAndTakesBack(child("{acme}", GLOBEXS_ROW)).is("1");
      guarded()
          .tries(child("{acme}", "00000000-0000-0000-0000-0000000000ee"))
          .isRefusedByTheServer("23503");
    }
  }

  @Test
  @Attack(
      tries = "Cross-tenant cascade: delete one's own row that a neighbour's refers to",
      stoppedBy = KEYS)
  void noCascadeCrossesTenants() throws Exception {
    String count = "select count(*) from tenantry_api.planted_child";
    try (AutoCloseable _ = plantedCopy("unique (id)");
        AutoCloseable _ = plantedChild("references tenantry_api.planted (id) on delete cascade")) {
      Ground.asSuperuser(child("{globex}", ACMES_ROW));
      guarded().tries("delete from tenantry_api.planted").is("1");
      Ground.asSuperuser(count).is("0");
    }
    try (AutoCloseable _ = plantedCopy("unique (tenant_id, id)");
        AutoCloseable _ =
            plantedChild(
                ", foreign key (tenant_id, parent_id)"
                    + " references tenantry_api.planted (tenant_id, id) on delete cascade")) {
      Ground.asSuperuser(child("{globex}", GLOBEXS_ROW));
      guarded().tries("delete from tenantry_api.planted").is("1");
      Ground.asSuperuser(count).is("1");
    }
  }

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
    guarded().tries(sql.replace("%%", "%").replace("%s", table)).tellsNothing();
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
        "create function %s.tell(text) returns boolean cost 0.0001 language plpgsql"
            + " as $$ begin raise exception '%%', $1; end $$";
    for (String schema : List.of("{acme.schema}", "pg_temp", "tenantry_api", "public")) {
      String text = create.formatted(schema).replace("%%", "%");
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
      guarded()
          .tries("select title from tenantry_api.research_reports where planted.tell(title)")
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

  private static AutoCloseable plantedCopy(String key) {
    return Ground.planted(
        List.of(
            "create table tenantry_api.planted (tenant_id uuid not null, id uuid not null,"
                + " title text, body text, "
                + key
                + ")",
            "insert into tenantry_api.planted select tenant_id, id, title, body"
                + " from tenantry_api.research_reports",
            "alter table tenantry_api.planted enable row level security",
            POLICY.formatted("planted"),
            "grant select, insert, update, delete on tenantry_api.planted to tenantry_tenant"),
        List.of("drop table tenantry_api.planted cascade"));
  }

  private static AutoCloseable plantedChild(String reference) {
    return Ground.planted(
        List.of(
            "create table tenantry_api.planted_child (tenant_id uuid not null, parent_id uuid not"
                + " null "
                + reference
                + ")",
            "alter table tenantry_api.planted_child enable row level security",
            POLICY.formatted("planted_child"),
            "grant select, insert, update, delete on tenantry_api.planted_child to"
                + " tenantry_tenant"),
        List.of("drop table tenantry_api.planted_child"));
  }

  private static String child(String tenant, String parent) {
    return "insert into tenantry_api.planted_child (tenant_id, parent_id) values ('"
        + tenant
        + "', '"
        + parent
        + "')";
  }
}
