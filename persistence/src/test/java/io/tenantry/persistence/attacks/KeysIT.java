package io.tenantry.persistence.attacks;

import static io.tenantry.persistence.attacks.Ground.ACMES_ROW;
import static io.tenantry.persistence.attacks.Ground.GLOBEXS_ROW;
import static io.tenantry.persistence.attacks.Ground.guarded;
import static io.tenantry.persistence.attacks.Wall.KEYS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Inferring rows from conflicts of keys. */
@ExtendWith(NeighbourIsUnharmed.class)
class KeysIT {

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
