package io.tenantry.persistence.attacks;

import static io.tenantry.persistence.attacks.Ground.bare;
import static io.tenantry.persistence.attacks.Ground.guarded;
import static io.tenantry.persistence.attacks.Wall.CAPABILITY;
import static io.tenantry.persistence.attacks.Wall.ROWS;
import static io.tenantry.persistence.attacks.Wall.STATEMENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.persistence.Serving;
import io.tenantry.testkit.PgBouncer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plans that are kept, shared or run elsewhere, and shapes of queries that might lose the policy.
 */
@ExtendWith(NeighbourIsUnharmed.class)
class PlansIT {

  private static final String TITLES =
      "select title from tenantry_api.research_reports where status = ?";

  @Test
  @Attack(
      tries = "Run the text that the neighbour has just prepared on the same connection",
      stoppedBy = ROWS)
  void aPlanIsForTheRoleThatItWasMadeFor() {
    alternate(guarded());
    alternate(bare());
  }

  @Test
  @Attack(
      tries = "Run the neighbour's prepared text with generic plans only, which know no values",
      stoppedBy = ROWS)
  void aGenericPlanIsForTheRoleThatItWasMadeFor() throws Exception {
    try (AutoCloseable _ = database("plan_cache_mode", "force_generic_plan");
        Serving serving = Ground.start(Map.of())) {
      alternate(new Attacker(serving, Ground.ACME));
    }
  }

  private static void alternate(Attacker acme) {
    // The driver names its statement at the fifth time, the server plans generically at the sixth.
    for (int i = 0; i < 8; i++) {
      acme.as(Ground.GLOBEX).binds(TITLES, "DRAFT").tellsTheSecret();
      acme.binds(TITLES, "DRAFT").is("1");
    }
  }

  @Test
  @Attack(
      tries = "Have parallel workers read, which were not entered",
      stoppedBy = {CAPABILITY, ROWS})
  void workersKnowTheTenant() throws Exception {
    String setting = Ground.version() >= 160000 ? "debug_parallel_query" : "force_parallel_mode";
    try (AutoCloseable _ = database(setting, "on");
        Serving serving = Ground.start(Map.of());
        Serving open = Ground.startBare(Map.of())) {
      Attacker attacker = new Attacker(serving, Ground.ACME);
      attacker.tries("select title from tenantry_api.research_reports").is("1");
      attacker.tries("select count(*) from tenantry_api.research_reports").is("1");
      attacker
          .tries("select set_config('app.tenant_id', '{globex}', true)")
          .isRefusedByTheServer("42501");
      if (Ground.version() >= 170000) {
        // Before, a plan with an InitPlan is not given to workers.
        assertThat(
                new Attacker(open, Ground.ACME)
                    .tries("explain select title from tenantry_api.research_reports")
                    .said())
            .contains("Gather");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select string_agg(title, ',') from %s",
        "select json_agg(t) from %s t",
        "select to_jsonb(t)::text from %s t",
        "select title from %s union all select title from %s",
        "select title from %s except select 'x' from %s",
        "select a.title, b.title from %s a full join %s b on a.id = b.id",
        "select a.title from %s a, lateral (select b.title from %s b where b.tenant_id <>"
            + " a.tenant_id) c",
        "select (select max(b.title) from %s b where b.tenant_id = '{globex}') from %s a",
        "select title, rank() over (order by title) from %s",
        "select title, count(*) from %s group by grouping sets ((title), ())",
        "with recursive r as (select title, 0 n from %s union select t.title, n + 1 from %s t, r"
            + " where n < 3) select * from r",
        "select 1 where exists (select from %s where tenant_id = '{globex}')",
        "select title from %s where tenant_id = '{globex}' or true",
        "select title from %s where not (tenant_id = '{acme}') is not false or 1 = 1",
        "select array(select title from %s)",
        "select percentile_disc(0.99) within group (order by title) from %s",
        "select distinct on (tenant_id) title from %s order by tenant_id",
        "select title from (select * from %s offset 0) s",
        "select title from %s order by title = 'globex-secret' desc limit 1",
        "values ((select max(title) from %s where tenant_id <> '{acme}'))"
      })
  @Attack(
      tries =
          "Twenty shapes of a query over a shared table: aggregates, joins, LATERAL, window,"
              + " recursion, OR true, whole rows",
      stoppedBy = ROWS)
  void noShapeOfAQueryLosesThePolicy(String sql) {
    guarded().tries(sql.replace("%s", "tenantry_api.research_reports")).isHarmless();
  }

  @Test
  @Attack(
      tries = "Open a cursor, take another role, fetch from it",
      stoppedBy = {STATEMENT, ROWS})
  void aCursorKeepsThePolicyItWasOpenedUnder() {
    bare()
        .tries(
            "declare c cursor for select title from tenantry_api.research_reports",
            "set local role {globex.role}",
            "fetch all from c")
        .is("1");
  }

  @Test
  void withoutThePolicyTheSameQueriesWouldTell() throws Exception {
    try (AutoCloseable _ =
        Ground.planted(
            List.of("alter table tenantry_api.research_reports disable row level security"),
            List.of("alter table tenantry_api.research_reports enable row level security"))) {
      guarded()
          .tries("select string_agg(title, ',') from tenantry_api.research_reports")
          .tellsTheSecret();
      guarded().binds(TITLES, "DRAFT").tellsTheSecret();
    }
  }

  private static AutoCloseable database(String setting, String value) {
    String of = "alter database " + Ground.DATABASE;
    List<String> set = new ArrayList<>(List.of(of + " set " + setting + " = " + value));
    if (PgBouncer.isDemanded()) {
      // Sessions that the pooler keeps for later have begun without it.
      set.add(
          "select pg_terminate_backend(pid, 10000) from pg_stat_activity where state = 'idle'"
              + " and usename like 'tenantry_app%' and datname = '"
              + Ground.DATABASE
              + "'");
    }
    return Ground.planted(set, List.of(of + " reset " + setting));
  }
}
