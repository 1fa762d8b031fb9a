package io.tenantry.persistence.attacks;

import static io.tenantry.persistence.attacks.Ground.ACMES_ROW;
import static io.tenantry.persistence.attacks.Ground.GLOBEXS_ROW;
import static io.tenantry.persistence.attacks.Ground.bare;
import static io.tenantry.persistence.attacks.Ground.guarded;
import static io.tenantry.persistence.attacks.Wall.GRANTS;
import static io.tenantry.persistence.attacks.Wall.KEYS;
import static io.tenantry.persistence.attacks.Wall.NONE;
import static io.tenantry.persistence.attacks.Wall.ROWS;
import static io.tenantry.persistence.attacks.Wall.SERVER;
import static io.tenantry.persistence.attacks.Wall.STATEMENT;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changing, locking or moving rows. */
@ExtendWith(NeighbourIsUnharmed.class)
class WritesIT {

  private static final String REPORTS = "tenantry_api.research_reports";

  @Test
  @Attack(tries = "UPDATE or DELETE without a condition in a shared table", stoppedBy = ROWS)
  void writingEverythingWritesOnesOwnRowsOnly() {
    guarded().tries("update " + REPORTS + " set title = 'taken'").is("1");
    guarded().tries("delete from " + REPORTS).is("1");
    guarded()
        .tries("delete from " + REPORTS + " where tenant_id = '{globex}' returning title")
        .isEmpty();
  }

  @Test
  @Attack(tries = "Move one's own row to the neighbour: UPDATE of `tenant_id`", stoppedBy = ROWS)
  void noRowMovesToTheNeighbour() throws Exception {
    String move = "update " + REPORTS + " set tenant_id = '{globex}'";
    guarded().tries(move).isRefusedByTheServer("42501");
    guarded()
        .tries("update {acme.schema}.desk_orders set tenant_id = '{globex}'")
        .isRefusedByTheServer("42501", "23503");
    try (AutoCloseable _ = withoutCheck()) {
      guarded().triesAndTakesBack(insert("{globex}", ACMES_ROW)).is("1");
    }
  }

  @Test
  @Attack(tries = "INSERT a row as the neighbour's", stoppedBy = ROWS)
  void noRowIsInsertedAsTheNeighbours() throws Exception {
    guarded().tries(insert("{globex}", ACMES_ROW)).isRefusedByTheServer("42501");
    guarded()
        .tries(
            "insert into {acme.schema}.audit_events (tenant_id, id, actor, action, subject_type,"
                + " subject_id) values ('{globex}', gen_random_uuid(), 'x', 'a.b', 'x',"
                + " gen_random_uuid())")
        .isRefusedByTheServer("42501");
    try (AutoCloseable _ = withoutCheck()) {
      guarded().triesAndTakesBack(insert("{globex}", ACMES_ROW)).is("1");
    }
  }

  @Test
  @Attack(
      tries = "MERGE that changes, deletes or inserts foreign rows, with RETURNING where there is",
      stoppedBy = ROWS)
  void mergeMeetsTheSamePolicy() {
    String merge =
        "merge into "
            + REPORTS
            + " t using (values ('{globex}'::uuid)) v (id) on t.tenant_id = v.id ";
    guarded().tries(merge + "when matched then update set title = 'taken'").is("0");
    guarded().tries(merge + "when matched then delete").is("0");
    guarded()
        .tries(
            merge
                + "when not matched then insert (tenant_id, id, title, body)"
                + " values (v.id, '"
                + GLOBEXS_ROW
                + "', 'x', 'x')")
        .isRefusedByTheServer("42501");
    if (Ground.version() >= 170000) {
      guarded().tries(merge + "when matched then delete returning t.title").isEmpty();
    }
  }

  @Test
  @Attack(tries = "Data-modifying WITH, `RETURNING old.*, new.*` (18)", stoppedBy = ROWS)
  void returningAnswersOnesOwnRowsOnly() {
    if (Ground.version() >= 180000) {
      guarded()
          .tries("update " + REPORTS + " set title = 'taken' returning old.title, new.title")
          .is("1|taken");
    }
    guarded()
        .tries(
            "with gone as (delete from "
                + REPORTS
                + " returning tenant_id, title) select title from gone")
        .isHarmless();
  }

  @Test
  @Attack(
      tries = "`SELECT .. FOR UPDATE`, FOR SHARE, SKIP LOCKED over a shared table",
      stoppedBy = ROWS)
  void lockingEveryRowLocksOnesOwnOnly() {
    for (String strength : List.of("update", "no key update", "share", "key share")) {
      guarded().tries("select title from " + REPORTS + " for " + strength).is("1");
      guarded().tries("select title from " + REPORTS + " for " + strength + " skip locked").is("1");
    }
  }

  @Test
  @Attack(
      tries =
          "Hold the same business key in an open transaction, so that the neighbour waits for it",
      stoppedBy = KEYS)
  void noKeyOfTheNeighboursIsWaitedFor() throws Exception {
    String mine = insert("{acme}", GLOBEXS_ROW.replace('b', 'c'));
    String theirs = insert("{globex}", GLOBEXS_ROW.replace('b', 'c'));
    guarded()
        .inTransaction(
            connection -> {
              Attacker.execute(connection, mine);
              bare().as(Ground.GLOBEX).triesMeanwhile(theirs).is("1");
              return Attacker.execute(connection, "select 1");
            })
        .is("1");
    // With a key that does not begin with the tenant the neighbour waits, and gives up.
    try (AutoCloseable _ =
        Ground.planted(
            List.of("alter table " + REPORTS + " add constraint planted_key unique (id)"),
            List.of("alter table " + REPORTS + " drop constraint planted_key"))) {
      guarded()
          .inTransaction(
              connection -> {
                Attacker.execute(connection, mine);
                bare()
                    .as(Ground.GLOBEX)
                    .triesMeanwhile("select tenantry_guard.wait_for_locks(50)", theirs)
                    .isRefusedByTheServer("55P03");
                return Attacker.execute(connection, "select 1");
              })
          .is("1");
    }
  }

  @Test
  @Attack(
      tries = "`LOCK TABLE` on a shared table",
      stoppedBy = {STATEMENT, NONE},
      leaves =
          "Past the statement check it holds up every tenant until the request's deadline, when the"
              + " connection is closed; it names no tenant and reads nothing.")
  void lockingASharedTableTakesMoreThanASelect() {
    String lock = "lock table " + REPORTS + " in access exclusive mode";
    guarded().tries(lock).isRefusedAtTheDoor();
    bare()
        .inTransaction(
            connection -> {
              Attacker.execute(connection, lock);
              guarded()
                  .as(Ground.GLOBEX)
                  .triesMeanwhile(
                      "select tenantry_guard.wait_for_locks(50)", "select title from " + REPORTS)
                  .isRefusedByTheServer("55P03");
              return Attacker.execute(connection, "select 1");
            })
        .is("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "truncate tenantry_api.research_reports",
        "truncate {acme.schema}.desk_fills",
        "vacuum full tenantry_api.research_reports",
        "cluster tenantry_api.research_reports using research_reports_pkey",
        "drop table tenantry_api.research_reports"
      })
  @Attack(
      tries = "TRUNCATE, VACUUM FULL, CLUSTER, DROP: commands that no policy is asked about",
      stoppedBy = {STATEMENT, GRANTS})
  void commandsPastThePoliciesNeedRightsThatNobodyHas(String sql) {
    guarded().tries(sql).isRefusedAtTheDoor();
    // VACUUM cannot run inside a transaction, and says so first.
    bare().tries(sql).isRefusedByTheServer("42501", "25001");
    bare().tries("set local role {globex.role}", sql).isRefusedByTheServer("42501", "25001");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "copy tenantry_api.research_reports from stdin",
        "copy tenantry_api.research_reports to stdout",
        "copy (select title from tenantry_api.research_reports) to program 'cat'",
        "copy tenantry_api.research_reports to '/tmp/planted'",
        "copy tenantry_api.research_reports from '/etc/passwd'"
      })
  @Attack(
      tries = "COPY to and from the client, a file, a program",
      stoppedBy = {STATEMENT, ROWS, SERVER})
  void copyIsNoWayAround(String sql) {
    guarded().tries(sql).isRefusedAtTheDoor();
    bare().tries(sql).isRefusedByTheServer("42501", "0A000");
  }

  @Test
  @Attack(tries = "Rewrite the audit, one's own or the neighbour's", stoppedBy = GRANTS)
  void theAuditTakesNoChange() {
    guarded().tries("delete from {acme.schema}.audit_events").isRefusedByTheServer("42501");
    guarded()
        .tries("update {globex.schema}.audit_events set actor = 'x'")
        .isRefusedByTheServer("42501");
  }

  @Test
  @Attack(
      tries =
          "Carry foreign rows in by a join: UPDATE .. FROM, DELETE .. USING, MERGE .. NOT MATCHED"
              + " BY SOURCE",
      stoppedBy = {ROWS, GRANTS})
  void joinsInWritesMeetThePolicyOnBothSides() {
    guarded()
        .tries(
            "update tenantry_api.research_reports t set title = o.title"
                + " from tenantry_api.research_reports o where o.tenant_id = '{globex}'")
        .is("0");
    guarded()
        .tries(
            "delete from tenantry_api.research_reports t using tenantry_api.research_reports o"
                + " where o.tenant_id <> t.tenant_id returning o.title")
        .isEmpty();
    guarded()
        .tries("delete from tenantry_api.research_reports t using {globex.schema}.desk_orders o")
        .isRefusedByTheServer("42501");
    if (Ground.version() >= 170000) {
      guarded()
          .tries(
              "merge into tenantry_api.research_reports t using (values (1)) v (n) on false"
                  + " when not matched by source then delete returning t.title")
          .is("1");
    }
  }

  private static String insert(String tenant, String id) {
    return "insert into "
        + REPORTS
        + " (tenant_id, id, title, body) values ('"
        + tenant
        + "', '"
        + id
        + "', 'x', 'x')";
  }

  private static AutoCloseable withoutCheck() {
    return Ground.planted(
        List.of("alter policy tenant_isolation on " + REPORTS + " with check (true)"),
        List.of(
            "alter policy tenant_isolation on "
                + REPORTS
                + " with check (tenant_id = (select tenantry_guard.current_tenant()))"));
  }
}
