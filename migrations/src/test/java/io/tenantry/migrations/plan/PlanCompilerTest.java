package io.tenantry.migrations.plan;

import static io.tenantry.migrations.plan.FixtureTree.changeSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanCompilerTest {

  private static final String INDEX =
      "create index concurrently desk_notes_idx on desk_notes (body);";
  private static final String DROP = "drop index concurrently if exists desk_notes_idx;";

  @TempDir Path folder;

  @Test
  void theTreeOfThisBuildCompilesInItsOrderWithRollbacks() {
    CompiledTree tree = PlanCompiler.tenantTree();

    List<ChangeSet> changes = tree.plan().changeSets();
    assertThat(changes.getFirst().id()).isEqualTo("tenant-0001-history-key");
    assertThat(changes)
        .allSatisfy(
            change -> {
              assertThat(change.file()).isEqualTo("tenant");
              assertThat(change.checksum()).startsWith("9:");
              assertThat(change.rollback()).isNotBlank();
              assertThat(change.comment()).isNotBlank();
              assertThat(change.compatible()).isTrue();
            });
    assertThat(tree.historyTables())
        .containsIgnoringCase("create table databasechangelog ")
        .containsIgnoringCase("create table databasechangeloglock")
        .doesNotContain("public.");
  }

  @Test
  void theTextIsWhatWasWritten() {
    String sql =
        """
        create function f() returns text language plpgsql as $body$
        begin -- a ; comment; stays
          return 'it''s; "quoted" {d} ?'; /* and; this */
        end
        $body$;\
        """;
    ChangeSet change =
        new FixtureTree(folder)
            .with(changeSet("own", sql, "drop function f();"))
            .plan()
            .changeSets()
            .getLast();

    assertThat(change.sql()).contains(sql);
    assertThat(change.rollback()).startsWith("drop function f();");
    assertThat(change.comment()).isEqualTo("own it's");
  }

  @Test
  void whoTouchesRowsHasToEnterTheTenantAlsoToTakeThemBack() {
    FixtureTree tree = new FixtureTree(folder);
    String update = "update desk_rows set note = 'x';";
    String entering = "-- tenantry: enter\n" + update;

    ChangeSet change =
        tree.with(FixtureTree.ROWS, changeSet("fill", entering, update))
            .plan()
            .changeSets()
            .getLast();

    assertThat(change.enters()).isTrue();
    assertThat(tree.with(FixtureTree.ROWS).plan().changeSets().getLast().enters()).isFalse();
    for (String other :
        List.of(
            changeSet("fill", update, "empty"),
            changeSet("fill", "-- enter\n" + update, "empty"),
            changeSet("fill", "select 1;", update))) {
      assertThatThrownBy(tree.compiler(FixtureTree.ROWS, other)::compile)
          .as(other)
          .isInstanceOf(PlanException.class)
          .hasMessageContaining("fill")
          .hasMessageContaining("tenantry: enter");
    }
  }

  @Test
  void aMarkThatMeansNothingIsRefused() {
    PlanCompiler compiler =
        new FixtureTree(folder)
            .compiler(changeSet("own", "-- tenantry: entre\nselect 1;", "empty"));

    assertThatThrownBy(compiler::compile)
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("own")
        .hasMessageContaining("mark_unknown");
  }

  @Test
  void aTreeIsKnownByWhatItHasGrownFrom() {
    FixtureTree tree = new FixtureTree(folder);
    String one = changeSet("one", "select 1;", "select 2;");
    CompiledTree before = tree.with(one);
    CompiledTree after = tree.with(one, changeSet("two", "select 3;", "select 4;"));

    assertThat(after.textHashes()).startsWith(before.textHashes().toArray(String[]::new));
    assertThat(before.textHashes()).endsWith(before.textHash()).doesNotContain(after.textHash());
    assertThat(tree.with(changeSet("one", "select 1;", "select 9;")).textHashes())
        .doesNotContain(before.textHash());
  }

  @Test
  void anEmptyRollbackIsNotAMissingOne() {
    String missing = changeSet("missing", "select 1;", "");
    String empty = changeSet("empty", "select 2;", "empty");
    List<ChangeSet> changes = new FixtureTree(folder).with(missing, empty).plan().changeSets();

    assertThat(changes.get(FixtureTree.BASE).rollback()).isNull();
    assertThat(changes.getLast().rollback()).isEmpty();
  }

  @Test
  void aLineInItsSqlMarksAChangesetThatRunningCodeCannotDoWithout() {
    String marked = changeSet("marked", "-- tenantry: incompatible\nselect 1;", "select 2;");
    String other = changeSet("other", "-- incompatible, one might think\nselect 1;", "select 2;");
    List<ChangeSet> changes = new FixtureTree(folder).with(marked, other).plan().changeSets();

    assertThat(changes.get(FixtureTree.BASE).compatible()).isFalse();
    assertThat(changes.getLast().compatible()).isTrue();
  }

  @Test
  void ourHashSeesWhatTheChecksumDoesNot() {
    FixtureTree tree = new FixtureTree(folder);
    CompiledTree before = tree.with(changeSet("own", "select 1;", "select 2;"));
    CompiledTree after = tree.with(changeSet("own", "select 1;", "select 3;"));

    assertThat(after.plan().historyHash()).isEqualTo(before.plan().historyHash());
    assertThat(after.textHash()).isNotEqualTo(before.textHash());
    assertThat(tree.with(changeSet("own", "select 1;", "select 2;")).textHash())
        .isEqualTo(before.textHash());
  }

  @ParameterizedTest
  @CsvSource({
    "context:test, context",
    "labels:x, labels",
    "dbms:postgresql, dbms",
    "runAlways:true, runAlways",
    "runOnChange:true, runOnChange",
    "ignore:true, ignore",
    "runWith:jdbc, runWith",
    "failOnError:false, failOnError:false"
  })
  void whatATenantsChangesetMustNotSayIsRefusedByName(String flag, String named) {
    PlanCompiler compiler =
        new FixtureTree(folder).compiler(changeSet("own", "select 1;", "select 2;", flag));

    assertThatThrownBy(compiler::compile)
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("own")
        .hasMessageContaining(named);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        --preconditions onFail:MARK_RAN
        --precondition-sql-check expectedResult:1 select 1
        select 1;\
        """,
        """
        --validCheckSum: any
        select 1;\
        """
      })
  void preconditionsAndOtherChecksumsAreRefused(String sql) {
    PlanCompiler compiler = new FixtureTree(folder).compiler(changeSet("own", sql, "select 2;"));

    assertThatThrownBy(compiler::compile)
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("own");
  }

  @Test
  void anIdThatIsThereTwiceIsRefused() {
    String one = changeSet("own", "select 1;", "select 2;");
    PlanCompiler compiler = new FixtureTree(folder).compiler(one, one);

    assertThatThrownBy(compiler::compile)
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("own");
  }

  @Test
  void outsideATransactionThereIsOneIndexAndNothingElse() {
    FixtureTree tree = new FixtureTree(folder);
    ChangeSet change =
        tree.with(changeSet("own", "-- why\n" + INDEX, DROP, "runInTransaction:false"))
            .plan()
            .changeSets()
            .getLast();

    assertThat(change.inTransaction()).isFalse();
    assertThat(ConcurrentIndex.of(change).name()).isEqualTo("desk_notes_idx");
    assertThat(ConcurrentIndex.of(change).made()).isTrue();
    assertThat(ConcurrentIndex.ofRollback(change).made()).isFalse();
    assertThat(ConcurrentIndex.plainly(change.sql())).doesNotContain("concurrently");
    for (String other : List.of(INDEX + "\nselect 1;", "vacuum desk_notes;", "select 1;")) {
      PlanCompiler compiler =
          tree.compiler(changeSet("own", other, DROP, "runInTransaction:false"));
      assertThatThrownBy(compiler::compile)
          .as(other)
          .isInstanceOf(PlanException.class)
          .hasMessageContaining("own is runInTransaction:false");
    }
  }
}
