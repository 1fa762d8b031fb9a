package io.tenantry.migrations.fanout;

import static io.tenantry.migrations.plan.FixtureTree.changeSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tenantry.control.MigrationDirection;
import io.tenantry.control.MigrationRequest;
import io.tenantry.control.MigrationResult;
import io.tenantry.control.MigrationResultState;
import io.tenantry.control.MigrationRun;
import io.tenantry.control.MigrationState;
import io.tenantry.migrations.plan.CompiledTree;
import io.tenantry.migrations.plan.FixtureTree;
import io.tenantry.migrations.schema.StockLiquibase;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.names.TenantNames;
import io.tenantry.testkit.SeenCodes;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import liquibase.resource.DirectoryResourceAccessor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs over tenants of a small tree. */
class FanOutIT {

  private static final String COLUMN =
      changeSet(
          "own-1-column",
          "alter table desk_notes add column mood text; comment on column desk_notes.mood is 'It''s"
              + " ; $x$';",
          "alter table desk_notes drop column mood;");
  private static final String FUNCTION =
      changeSet(
          "own-2-function",
          """
          create function desk_f() returns text language plpgsql as $body$
          begin -- it's; a comment
            return 'a;b {d} ? $$';
          end
          $body$;
          """,
          "drop function desk_f();");
  private static final String INDEX =
      changeSet(
          "own-3-index",
          "create index concurrently desk_notes_idx on desk_notes (tenant_id, body);",
          "drop index concurrently if exists desk_notes_idx;",
          "runInTransaction:false");

  /** Fails where a table stands in its way; the statement before it has run by then. */
  private static final String FAILING =
      changeSet(
          "own-2-failing",
          "create table desk_before (tenant_id uuid);\ncreate table desk_planted (tenant_id uuid);\n"
              .strip(),
          "drop table desk_planted;\ndrop table desk_before;");

  @TempDir Path folder;

  @Test
  void allComeToTheNewestVersionAndStockFindsNothingToDo() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("up", 12, tree.with());
    CompiledTree newest = tree.with(COLUMN, FUNCTION, INDEX);

    MigrationRun run =
        platform
            .fanOut(newest)
            .runNow(MigrationRequest.up(), FanOutPlatform.TESTER, FanOutListener.NONE);

    assertThat(run.state()).as(run.errorDetail()).isEqualTo(MigrationState.SUCCEEDED);
    assertThat(run.counts().succeeded()).isEqualTo(12);
    assertThat(run.planHash()).isEqualTo(newest.textHash());
    assertThat(platform.versions()).containsExactly("own-3-index|12");
    assertThat(platform.mixed(tenants)).isEmpty();
    for (TenantId tenant : tenants.subList(0, 3)) {
      assertThat(
              StockLiquibase.pending(
                  platform.platform(), tenant, "tenant.xml", new DirectoryResourceAccessor(folder)))
          .isEmpty();
      assertThat(
              platform.rows(
                  "select "
                      + TenantNames.schema(tenant)
                      + ".desk_f(), col_description('"
                      + TenantNames.schema(tenant)
                      + ".desk_notes'::regclass, 4)"))
          .containsExactly("a;b {d} ? $$|It's ; $x$");
    }
  }

  @Test
  void withNothingToDoNoTenantIsTouched() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    CompiledTree tree = new FixtureTree(folder).with(COLUMN);
    platform.tenants("idle", 3, tree);

    MigrationRun run =
        platform
            .fanOut(tree)
            .runNow(MigrationRequest.up(), FanOutPlatform.TESTER, FanOutListener.NONE);

    assertThat(run.state()).isEqualTo(MigrationState.SUCCEEDED);
    assertThat(run.counts().total()).isZero();
    assertThat(platform.fanOut(tree).behind()).isZero();
  }

  @Test
  void downTakesBackAndRevertTakesBackThat() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    CompiledTree tree = new FixtureTree(folder).with(COLUMN, FUNCTION, INDEX);
    List<TenantId> tenants = platform.tenants("down", 5, tree);
    FanOut fanOut = platform.fanOut(tree);

    MigrationRun down =
        fanOut.runNow(MigrationRequest.down(2), FanOutPlatform.TESTER, FanOutListener.NONE);
    assertThat(down.state()).as(down.errorDetail()).isEqualTo(MigrationState.SUCCEEDED);
    assertThat(down.target()).isEqualTo("own-1-column");
    assertThat(platform.versions()).containsExactly("own-1-column|5");
    assertThat(platform.mixed(tenants)).isEmpty();
    assertThat(platform.rows("select count(*) from pg_class where relname = 'desk_notes_idx'"))
        .containsExactly("0");

    MigrationRun back =
        fanOut.untilItRests(
            platform.runs().revert(down.id(), FanOutPlatform.TESTER).id(), FanOutListener.NONE);
    assertThat(back.direction()).isEqualTo(MigrationDirection.REVERT);
    assertThat(back.state()).as(back.errorDetail()).isEqualTo(MigrationState.SUCCEEDED);
    assertThat(platform.versions()).containsExactly("own-3-index|5");
    assertThat(platform.mixed(tenants)).isEmpty();

    MigrationRun zero =
        fanOut.runNow(MigrationRequest.down(6), FanOutPlatform.TESTER, FanOutListener.NONE);
    assertThat(zero.state()).as(zero.errorDetail()).isEqualTo(MigrationState.SUCCEEDED);
    assertThat(platform.versions()).containsExactly("|5");
    fanOut.runNow(MigrationRequest.up(), FanOutPlatform.TESTER, FanOutListener.NONE);
    assertThat(platform.versions()).containsExactly("own-3-index|5");
  }

  @Test
  void aFailedTenantKeepsItsVersionTheOthersGoOnAndRevertTouchesTheseAlone() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("fail", 40, tree.with());
    Set<TenantId> planted = Set.copyOf(tenants.subList(30, 40));
    for (TenantId tenant : planted) {
      platform.execute("create table " + TenantNames.schema(tenant) + ".desk_planted (x int)");
    }
    CompiledTree newest = tree.with(COLUMN, FAILING);
    FanOut fanOut = platform.fanOut(newest);

    MigrationRun run =
        fanOut.runNow(withCanaries(10, "fail1"), FanOutPlatform.TESTER, FanOutListener.NONE);

    assertThat(run.state()).isEqualTo(MigrationState.FAILED);
    assertThat(run.errorCode()).isEqualTo(ErrorCode.MIGRATION_FAILURES.id());
    SeenCodes.saw(ErrorCode.MIGRATION_FAILURES);
    List<MigrationResult> failed = results(platform, run, MigrationResultState.FAILED);
    assertThat(failed).extracting(MigrationResult::tenant).containsOnlyOnceElementsOf(planted);
    assertThat(failed)
        .allSatisfy(
            result -> {
              assertThat(result.changeSet()).isEqualTo("own-2-failing");
              assertThat(result.sqlState()).isEqualTo("42P07");
            });
    assertThat(platform.versions()).containsExactly("base-3-comment|10", "own-2-failing|30");
    assertThat(platform.mixed(tenants)).isEmpty();
    assertThat(
            platform.rows(
                "select distinct failed_changeset, failed_sqlstate, failed_run_id = '"
                    + run.id()
                    + "' from tenantry_control.tenant_schemas where failed_run_id is not null"))
        .containsExactly("own-2-failing|42P07|t");
    assertThat(platform.rows("select count(*) from tenantry_control.tenants where quarantined"))
        .containsExactly("0");

    MigrationRun back =
        fanOut.untilItRests(
            platform.runs().revert(run.id(), FanOutPlatform.TESTER).id(), FanOutListener.NONE);
    assertThat(back.state()).as(back.errorDetail()).isEqualTo(MigrationState.SUCCEEDED);
    assertThat(back.counts().total()).isEqualTo(30);
    assertThat(platform.versions()).containsExactly("base-3-comment|40");
  }

  @Test
  void whoLacksAnIncompatibleChangeIsHeldBackUntilARunBringsIt() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("held", 4, tree.with());
    TenantId planted = tenants.get(2);
    platform.execute("create table " + TenantNames.schema(planted) + ".desk_planted (x int)");
    CompiledTree newest =
        tree.with(
            changeSet(
                "own-1-needed",
                "-- tenantry: incompatible\ncreate table desk_planted (tenant_id uuid);",
                "drop table desk_planted;"));
    FanOut fanOut = platform.fanOut(newest);

    fanOut.runNow(withCanaries(10, "held1"), FanOutPlatform.TESTER, FanOutListener.NONE);
    String quarantined = "select slug, state from tenantry_control.tenants where quarantined";
    assertThat(platform.rows(quarantined)).containsExactly("held3|ACTIVE");
    assertThat(
            platform.rows(
                "select action from tenantry_control.audit_events where tenant_id = '"
                    + planted.value()
                    + "'"))
        .containsExactly("tenant.quarantine");

    platform.execute("drop table " + TenantNames.schema(planted) + ".desk_planted");
    MigrationRun again =
        fanOut.runNow(MigrationRequest.up(), FanOutPlatform.TESTER, FanOutListener.NONE);
    assertThat(again.counts().succeeded()).isEqualTo(1);
    assertThat(platform.rows(quarantined)).isEmpty();
    assertThat(
            platform.rows(
                "select version from tenantry_control.tenant_schemas where failed_changeset is not"
                    + " null"))
        .isEmpty();
  }

  @Test
  void aFailedCanaryPausesTheRunAndSoDoesABudgetThatIsSpent() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("budget", 20, tree.with());
    for (TenantId tenant : tenants) {
      platform.execute("create table " + TenantNames.schema(tenant) + ".desk_planted (x int)");
    }
    FanOut fanOut = platform.fanOut(tree.with(FAILING));

    MigrationRun run =
        fanOut.runNow(withCanaries(3, "budget7"), FanOutPlatform.TESTER, FanOutListener.NONE);
    assertThat(run.state()).isEqualTo(MigrationState.PAUSED);
    assertThat(run.errorDetail()).contains("first wave");
    assertThat(run.counts().failed()).isEqualTo(1);

    platform.runs().resume(run.id(), FanOutPlatform.TESTER);
    run = fanOut.untilItRests(run.id(), FanOutListener.NONE);
    assertThat(run.state()).isEqualTo(MigrationState.PAUSED);
    assertThat(run.errorCode()).isEqualTo(ErrorCode.MIGRATION_FAILURES.id());
    // Two workers: the other one may have had a tenant under way.
    assertThat(run.counts().failed()).isBetween(5, 6);
    assertThat(run.counts().pending()).isBetween(14, 15);

    MigrationRun back =
        fanOut.untilItRests(
            platform.runs().revert(run.id(), FanOutPlatform.TESTER).id(), FanOutListener.NONE);
    assertThat(back.state()).isEqualTo(MigrationState.SUCCEEDED);
    assertThat(platform.runs().find(run.id()).orElseThrow().state())
        .isEqualTo(MigrationState.FAILED);
    assertThat(platform.versions()).containsExactly("base-3-comment|20");
  }

  @Test
  void aRunPausesAtTheNextTenantAndGoesOnWhenItIsResumed() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    platform.tenants("pause", 30, tree.with());
    FanOut fanOut = platform.fanOut(tree.with(COLUMN));
    AtomicInteger turns = new AtomicInteger();
    FanOutListener pausing =
        new FanOutListener() {
          @Override
          public void tenant(MigrationRun run, TenantId tenant, TenantOutcome outcome) {
            if (turns.incrementAndGet() == 10) {
              platform.runs().pause(run.id(), FanOutPlatform.TESTER);
            }
          }
        };

    MigrationRun run = fanOut.runNow(MigrationRequest.up(), FanOutPlatform.TESTER, pausing);

    assertThat(run.state()).isEqualTo(MigrationState.PAUSED);
    assertThat(run.errorCode()).isNull();
    assertThat(run.counts().succeeded()).isBetween(10, 12);
    platform.runs().resume(run.id(), FanOutPlatform.TESTER);
    run = fanOut.untilItRests(run.id(), FanOutListener.NONE);
    assertThat(run.state()).isEqualTo(MigrationState.SUCCEEDED);
    assertThat(run.counts().succeeded()).isEqualTo(30);
    assertThat(
            platform.rows(
                "select action from tenantry_control.audit_events where after ->> 'id' = '"
                    + run.id()
                    + "' order by id"))
        .containsExactly("migration.start", "migration.pause", "migration.resume");
  }

  @Test
  void aSecondRunIsRefusedWithTheFirstOnesId() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    MigrationRun first = platform.runs().request(MigrationRequest.up(), FanOutPlatform.TESTER);

    TenantryException refused =
        refused(() -> platform.runs().request(MigrationRequest.up(), FanOutPlatform.TESTER));

    assertThat(refused.code()).isEqualTo(ErrorCode.MIGRATION_UNFINISHED);
    assertThat(refused.detail()).contains(first.id().toString());
    assertThat(refused(() -> platform.runs().revert(first.id(), FanOutPlatform.TESTER)).code())
        .isEqualTo(ErrorCode.MIGRATION_STATE_CONFLICT);
    platform.runs().pause(first.id(), FanOutPlatform.TESTER);
    assertThat(
            refused(() -> platform.runs().request(MigrationRequest.up(), FanOutPlatform.TESTER))
                .code())
        .as("a paused one is unfinished")
        .isEqualTo(ErrorCode.MIGRATION_UNFINISHED);
  }

  @Test
  void aChangedChecksumIsRefusedBeforeAnythingRuns() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    platform.tenants("sum", 3, tree.with(COLUMN));
    CompiledTree changed =
        tree.with(
            changeSet(
                "own-1-column", "alter table desk_notes add column humour text;", "select 1;"),
            FUNCTION);

    MigrationRun run =
        platform
            .fanOut(changed)
            .runNow(MigrationRequest.up(), FanOutPlatform.TESTER, FanOutListener.NONE);

    assertThat(run.state()).isEqualTo(MigrationState.FAILED);
    assertThat(run.errorCode()).isEqualTo(ErrorCode.MIGRATION_REFUSED.id());
    SeenCodes.saw(ErrorCode.MIGRATION_REFUSED);
    assertThat(run.errorDetail()).contains("own-1-column").contains("changed");
    assertThat(run.counts().total()).isZero();
    assertThat(platform.versions()).containsExactly("own-1-column|3");
  }

  @Test
  void whatHasNoRollbackIsRefused() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    CompiledTree tree =
        new FixtureTree(folder).with(COLUMN, changeSet("own-2-last", "select 1;", ""));
    platform.tenants("older", 2, tree);

    MigrationRun down =
        platform
            .fanOut(tree)
            .runNow(MigrationRequest.down(1), FanOutPlatform.TESTER, FanOutListener.NONE);

    assertThat(down.state()).isEqualTo(MigrationState.FAILED);
    assertThat(down.errorDetail()).contains("own-2-last").contains("rollback");
    assertThat(platform.versions()).containsExactly("own-2-last|2");
  }

  @Test
  void aHalfBuiltIndexIsDroppedAndBuiltAgain() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("index", 3, tree.with());
    String schema = TenantNames.schema(tenants.get(0));
    platform.execute("create index desk_notes_idx on " + schema + ".desk_notes (body)");
    platform.execute(
        "update pg_index set indisvalid = false where indexrelid = '"
            + schema
            + ".desk_notes_idx'::regclass");
    // Built in full, but the process was killed before it could write that down.
    platform.execute(
        "create index desk_notes_idx on "
            + TenantNames.schema(tenants.get(1))
            + ".desk_notes (tenant_id, body)");

    MigrationRun run =
        platform
            .fanOut(tree.with(INDEX, COLUMN))
            .runNow(MigrationRequest.up(), FanOutPlatform.TESTER, FanOutListener.NONE);

    assertThat(run.state()).as(run.errorDetail()).isEqualTo(MigrationState.SUCCEEDED);
    assertThat(
            platform.rows(
                "select distinct i.indisvalid, i.indnatts, pg_get_userbyid(c.relowner) from"
                    + " pg_index i join pg_class c on c.oid = i.indexrelid where c.relname ="
                    + " 'desk_notes_idx' and c.relowner = 'tenantry_owner'::regrole"))
        .containsExactly("t|2|tenantry_owner");
    assertThat(platform.mixed(tenants)).isEmpty();
  }

  @Test
  void whoWasMadeMeanwhileByAnOlderBuildIsBroughtUpBeforeTheRunEnds() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    CompiledTree old = tree.with();
    platform.tenants("made", 4, old);
    CompiledTree newest = tree.with(COLUMN);
    AtomicInteger turns = new AtomicInteger();
    FanOutListener making =
        new FanOutListener() {
          @Override
          public void tenant(MigrationRun run, TenantId tenant, TenantOutcome outcome) {
            if (turns.incrementAndGet() == 4) {
              try {
                platform.tenants("late", 2, old);
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            }
          }
        };

    MigrationRun run =
        platform.fanOut(newest).runNow(MigrationRequest.up(), FanOutPlatform.TESTER, making);

    assertThat(run.counts().succeeded()).isEqualTo(6);
    assertThat(platform.versions()).containsExactly("own-1-column|6");
  }

  @Test
  void aSchemaWhoseCatalogIsNotAsItShouldBeIsAFailure() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("proof", 3, tree.with());
    TenantId wrong = tenants.get(2);
    SchemaProof proof =
        (changed, version) -> {
          assertThat(version).isEqualTo("own-1-column");
          return changed.contains(wrong) ? Set.of(wrong) : Set.of();
        };

    MigrationRun run =
        platform
            .fanOut(tree.with(COLUMN), FanOutPlatform.settings(3, Duration.ofMillis(100)), proof)
            .runNow(withCanaries(10, "proof1"), FanOutPlatform.TESTER, FanOutListener.NONE);

    assertThat(run.state()).isEqualTo(MigrationState.FAILED);
    assertThat(results(platform, run, MigrationResultState.FAILED))
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.tenant()).isEqualTo(wrong);
              assertThat(result.detail()).contains("catalog");
            });
  }

  @Test
  void aHistoryThatSomebodyElseHasChangedIsAFailureOfThatTenantAlone() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("hist", 3, tree.with());
    platform.execute(
        "delete from "
            + TenantNames.schema(tenants.get(2))
            + ".databasechangelog where id = 'base-3-comment'");

    MigrationRun run =
        platform
            .fanOut(tree.with(COLUMN))
            .runNow(withCanaries(10, "hist1"), FanOutPlatform.TESTER, FanOutListener.NONE);

    assertThat(results(platform, run, MigrationResultState.FAILED))
        .singleElement()
        .satisfies(result -> assertThat(result.detail()).contains("history"));
    assertThat(run.counts().succeeded()).isEqualTo(2);
  }

  private static MigrationRequest withCanaries(int budget, String canary) {
    return new MigrationRequest(
        MigrationDirection.UP, null, null, List.of(canary), MigrationRequest.WAVES, budget, 2);
  }

  private static List<MigrationResult> results(
      FanOutPlatform platform, MigrationRun run, @Nullable MigrationResultState state) {
    return platform.runs().results(run.id(), state, 1000, null).stream()
        .collect(Collectors.toList());
  }

  private static TenantryException refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    TenantryException refused = catchThrowableOfType(TenantryException.class, call);
    SeenCodes.saw(refused.code());
    return refused;
  }
}
