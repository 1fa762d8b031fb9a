package io.tenantry.migrations.fanout;

import static io.tenantry.migrations.plan.FixtureTree.changeSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tenantry.control.MigrationRequest;
import io.tenantry.control.MigrationRun;
import io.tenantry.control.MigrationState;
import io.tenantry.migrations.plan.CompiledTree;
import io.tenantry.migrations.plan.FixtureTree;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Runs while two builds are there at once, as in every rollout. */
class OtherBuildsIT {

  private static final String ONE =
      changeSet(
          "own-1-column",
          "alter table desk_notes add column mood text;",
          "alter table desk_notes drop column mood;");
  private static final String TWO =
      changeSet("own-2-table", "create table desk_second ();", "drop table desk_second;");

  private static final String TURN =
      "alter function tenantry_control.begin_migration_turn(uuid, text, uuid, text, bigint,"
          + " boolean)";
  private static final String BACK = " rename to begin_migration_turn";

  @TempDir Path folder;
  private FanOutPlatform platform;
  private CompiledTree base;
  private CompiledTree older;
  private CompiledTree newer;

  @BeforeEach
  void trees() throws SQLException {
    FixtureTree tree = new FixtureTree(folder);
    platform = new FanOutPlatform();
    base = tree.with();
    older = tree.with(ONE);
    newer = tree.with(ONE, TWO);
  }

  @Test
  void aRunToAVersionThatABuildDoesNotHaveIsLeftToTheOneThatHasIt() throws Exception {
    platform.tenants("left", 3, older);
    UUID run = ask(MigrationRequest.up("own-2-table"));
    FanOut old = platform.fanOut(older);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    ((Logger) LoggerFactory.getLogger(OtherBuilds.class)).addAppender(log);

    assertThat(old.runNext(FanOutListener.NONE)).isFalse();
    assertThat(old.runNext(FanOutListener.NONE)).isFalse();

    assertThat(log.list)
        .filteredOn(event -> event.getFormattedMessage().contains(run.toString()))
        .singleElement()
        .satisfies(event -> assertThat(event.getFormattedMessage()).contains("own-2-table"));
    MigrationRun left = find(run);
    assertThat(left.state()).isEqualTo(MigrationState.QUEUED);
    assertThat(left.attempt()).isZero();
    assertThat(left.errorCode()).isEqualTo(ErrorCode.MIGRATION_REFUSED.id());
    assertThat(left.errorDetail()).contains("own-2-table").contains("build that has it");
    assertThat(platform.fanOut(newer).runNext(FanOutListener.NONE)).isTrue();
    assertThat(find(run).state()).isEqualTo(MigrationState.SUCCEEDED);
    assertThat(find(run).errorCode()).isNull();
    assertThat(platform.versions()).containsExactly("own-2-table|3");
  }

  /** Both have the target; but what the newer one does, and undoes, it alone knows. */
  @Test
  void whatANewerBuildHasBegunAnOlderOneDoesNotTakeUp() throws Exception {
    platform.tenants("begun", 6, base);
    UUID run = ask(MigrationRequest.up("own-1-column"));
    stoppedAfterOne(newer);
    assertThat(find(run).planHash()).isEqualTo(newer.textHash());
    assertThat(find(run).counts().pending()).isPositive();

    assertThat(platform.fanOut(older).runNext(FanOutListener.NONE)).isFalse();

    assertThat(find(run).state()).isEqualTo(MigrationState.QUEUED);
    assertThat(find(run).errorDetail()).contains("other changesets");
    assertThat(platform.fanOut(newer).runNext(FanOutListener.NONE)).isTrue();
    assertThat(find(run).state()).isEqualTo(MigrationState.SUCCEEDED);
  }

  @Test
  void whatAnOlderBuildHasBegunALaterOneFinishesAndGoesNoFarther() throws Exception {
    platform.tenants("later", 6, base);
    UUID run = ask(MigrationRequest.up());
    stoppedAfterOne(older);
    assertThat(find(run).counts().pending()).isPositive();

    assertThat(platform.fanOut(newer).runNext(FanOutListener.NONE)).isTrue();

    assertThat(find(run).state()).isEqualTo(MigrationState.SUCCEEDED);
    assertThat(find(run).planHash()).isEqualTo(older.textHash());
    assertThat(platform.versions()).containsExactly("own-1-column|6");
  }

  @Test
  void whatAStartAsksForIsItsOwnVersionWhoeverCarriesItOut() throws Exception {
    platform.tenants("asks", 2, base);

    platform.fanOut(older).bringUp();

    MigrationRun asked = platform.runs().unfinished().orElseThrow();
    assertThat(asked.target()).isEqualTo("own-1-column");
    assertThat(platform.fanOut(newer).runNext(FanOutListener.NONE)).isTrue();
    assertThat(platform.versions()).containsExactly("own-1-column|2");
  }

  @Test
  void aSchemaOfANewerBuildLeavesTheRunToThatOne() throws Exception {
    platform.tenants("ahead", 1, newer);
    platform.tenants("behind", 2, base);
    UUID run = ask(MigrationRequest.up());
    FanOut old = platform.fanOut(older);

    MigrationRun left = old.untilItRests(run, FanOutListener.NONE);

    assertThat(left.state()).isEqualTo(MigrationState.QUEUED);
    assertThat(left.errorCode()).isEqualTo(ErrorCode.MIGRATION_REFUSED.id());
    assertThat(left.errorDetail()).contains("own-2-table");
    assertThat(old.runNext(FanOutListener.NONE)).as("it is not taken again at once").isFalse();
    assertThat(find(run).attempt()).isEqualTo(1);
    assertThat(platform.fanOut(newer).runNext(FanOutListener.NONE)).isTrue();
    assertThat(platform.versions()).containsExactly("own-2-table|3");
  }

  /** A provisioner that was started before the platform's own changelog was run. */
  @Test
  void sharedSchemasThatAreBehindLeaveTheRunUntilTheyAreThere() throws Exception {
    platform.tenants("shared", 2, base);
    UUID run = ask(MigrationRequest.up());
    FanOut early = platform.fanOut(older);
    platform.execute(TURN + " rename to not_there_yet");
    try {
      MigrationRun left = early.untilItRests(run, FanOutListener.NONE);

      assertThat(left.state()).isEqualTo(MigrationState.QUEUED);
      assertThat(left.errorCode()).isEqualTo(ErrorCode.MIGRATION_REFUSED.id());
      assertThat(left.errorDetail()).contains("platform's own schemas").contains("migrate up");
      assertThat(left.counts().total()).isZero();
      assertThat(platform.versions()).containsExactly("base-3-comment|2");
    } finally {
      platform.execute(TURN.replace("begin_migration_turn", "not_there_yet") + BACK);
    }

    assertThat(early.runNext(FanOutListener.NONE)).as("it is not taken again at once").isFalse();
    assertThat(platform.fanOut(older).runNext(FanOutListener.NONE)).isTrue();
    assertThat(find(run).state()).isEqualTo(MigrationState.SUCCEEDED);
    assertThat(find(run).errorCode()).isNull();
  }

  @Test
  void aTenantThatANewerBuildMakesMeanwhileIsNoFailureOfTheRun() throws Exception {
    platform.tenants("mean", 3, base);
    UUID run = ask(MigrationRequest.up("own-1-column"));

    assertThat(platform.fanOut(older).runNext(lastMakes(3, "newly", newer))).isTrue();

    MigrationRun left = find(run);
    assertThat(left.state()).isEqualTo(MigrationState.QUEUED);
    assertThat(left.counts().succeeded()).isEqualTo(3);
    assertThat(left.errorDetail()).contains("own-2-table");
    assertThat(platform.fanOut(newer).runNext(FanOutListener.NONE)).isTrue();
    assertThat(find(run).state()).isEqualTo(MigrationState.SUCCEEDED);
    assertThat(platform.versions()).containsExactly("own-1-column|3", "own-2-table|1");
  }

  @Test
  void aTenantThatANewerBuildHasBroughtPastTheTargetIsNotTakenDown() throws Exception {
    List<TenantId> tenants = platform.tenants("past", 2, base);
    UUID run = ask(MigrationRequest.up("own-1-column"));
    FanOutListener past =
        new FanOutListener() {
          @Override
          public void wave(MigrationRun started, int number, int size) {
            platform.migrate(tenants.get(1), newer);
          }
        };

    assertThat(platform.fanOut(newer).runNext(past)).isTrue();

    assertThat(find(run).state()).isEqualTo(MigrationState.SUCCEEDED);
    assertThat(platform.versions()).containsExactly("own-1-column|1", "own-2-table|1");
  }

  @Test
  void whatIsRefusedHalfWayPausesAndGoesOnWhenItIsMended() throws Exception {
    platform.tenants("half", 3, base);
    UUID run = ask(MigrationRequest.up("own-1-column"));
    CompiledTree forked =
        new FixtureTree(folder).with(changeSet("own-1-column", "select 1;", "select 2;"));

    assertThat(platform.fanOut(older).runNext(lastMakes(3, "forked", forked))).isTrue();

    MigrationRun paused = find(run);
    assertThat(paused.state()).isEqualTo(MigrationState.PAUSED);
    assertThat(paused.errorCode()).isEqualTo(ErrorCode.MIGRATION_REFUSED.id());
    assertThat(paused.errorDetail()).contains("own-1-column").contains("changed");
    assertThat(paused.counts().succeeded()).isEqualTo(3);
    platform.execute(
        "delete from tenantry_control.tenant_schemas s using tenantry_control.tenants t"
            + " where t.id = s.tenant_id and t.slug like 'forked%'");
    platform.runs().resume(run, FanOutPlatform.TESTER);
    assertThat(platform.fanOut(older).untilItRests(run, FanOutListener.NONE).state())
        .isEqualTo(MigrationState.SUCCEEDED);
  }

  @Test
  void aTargetThatThisBuildDoesNotHaveIsNotEvenAskedFor() {
    TenantryException refused =
        catchThrowableOfType(
            TenantryException.class,
            () ->
                platform
                    .fanOut(older)
                    .runNow(
                        MigrationRequest.up("own-9-typo"),
                        FanOutPlatform.TESTER,
                        FanOutListener.NONE));

    assertThat(refused.code()).isEqualTo(ErrorCode.VALIDATION_FAILED);
    assertThat(refused.detail()).contains("own-9-typo");
    assertThat(platform.runs().unfinished()).isEmpty();
  }

  /** The way out where nobody who is left knows what was begun. */
  @Test
  void aRunWhoseWorkerShowsNoLifeIsPausedAtOnceAndCanBeReverted() throws Exception {
    platform.tenants("dead", 6, base);
    UUID run = ask(MigrationRequest.up("own-1-column"));
    stoppedAfterOne(newer);
    platform.execute(
        "update tenantry_control.migration_runs set state = 'RUNNING', worker = 'dead',"
            + " lease_until = now() - interval '1 second', pause_requested = true where id = '"
            + run
            + "'");
    FanOut old = platform.fanOut(older);
    assertThat(old.runNext(FanOutListener.NONE)).isFalse();

    assertThat(platform.runs().pause(run, FanOutPlatform.TESTER).state())
        .isEqualTo(MigrationState.PAUSED);

    MigrationRun back =
        old.untilItRests(
            platform.runs().revert(run, FanOutPlatform.TESTER).id(), FanOutListener.NONE);
    assertThat(back.state()).as(back.errorDetail()).isEqualTo(MigrationState.SUCCEEDED);
    assertThat(platform.versions()).containsExactly("base-3-comment|6");
  }

  private UUID ask(MigrationRequest request) {
    return platform.runs().request(request, FanOutPlatform.TESTER).id();
  }

  private MigrationRun find(UUID run) {
    return platform.runs().find(run).orElseThrow();
  }

  /** Begins the run, and gives it back at its first tenant. */
  private void stoppedAfterOne(CompiledTree tree) {
    FanOut fanOut = platform.fanOut(tree);
    assertThat(
            fanOut.runNext(
                new FanOutListener() {
                  @Override
                  public void tenant(MigrationRun run, TenantId tenant, TenantOutcome outcome) {
                    fanOut.stop();
                  }
                }))
        .isTrue();
  }

  /** Has that tree's build make a tenant while the last of so many has its turn. */
  private FanOutListener lastMakes(int tenants, String name, CompiledTree tree) {
    AtomicInteger turns = new AtomicInteger();
    return new FanOutListener() {
      @Override
      public void tenant(MigrationRun run, TenantId tenant, TenantOutcome outcome) {
        if (turns.incrementAndGet() == tenants) {
          try {
            platform.tenants(name, 1, tree);
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        }
      }
    };
  }
}
