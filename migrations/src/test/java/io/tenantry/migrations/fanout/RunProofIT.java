package io.tenantry.migrations.fanout;

import static io.tenantry.migrations.plan.FixtureTree.changeSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.control.ControlException;
import io.tenantry.control.MigrationResult;
import io.tenantry.control.MigrationResultState;
import io.tenantry.control.MigrationRun;
import io.tenantry.control.MigrationState;
import io.tenantry.migrations.drift.DriftState;
import io.tenantry.migrations.plan.CompiledTree;
import io.tenantry.migrations.plan.FixtureTree;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run has changed is looked at, whoever carried it out and however that ended. */
class RunProofIT {

  private static final int KILLED = 137;
  private static final String COLUMN =
      changeSet(
          "own-1-column",
          "alter table desk_notes add column mood text;",
          "alter table desk_notes drop column mood;");
  private static final String FAILING =
      changeSet(
          "own-1-failing",
          "create table desk_planted (tenant_id uuid);",
          "drop table desk_planted;");
  private static final String DRIFT = "alter table <schema>.desk_notes add column planted text";

  @TempDir Path folder;

  @Test
  void aRunThatHasNothingLeftToChangeIsProvenBeforeItEnds() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("last", 3, tree.with());
    CompiledTree newest = tree.with(COLUMN);
    MigrationRun run = killedAt(platform, 3, "last1");
    assertThat(run.counts().pending()).isZero();
    platform.at(tenants.get(2), DRIFT);

    assertReported(platform, goOn(platform, newest, run), tenants.get(2));
  }

  /** The check has said so, but who asked it died before the run knew. */
  @Test
  void whatACheckHasFoundMeanwhileIsReportedToo() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("found", 3, tree.with());
    CompiledTree newest = tree.with(COLUMN);
    MigrationRun run = killedAt(platform, 3, "found1");
    platform.at(tenants.get(1), DRIFT);
    assertThat(platform.drift(newest, false).one(tenants.get(1)).state())
        .isEqualTo(DriftState.DRIFTED);

    assertReported(platform, goOn(platform, newest, run), tenants.get(1));
  }

  /** Somebody holds its row of the registry, as whoever looks at it or changes it does. */
  @Test
  void oneThatIsLockedIsLookedAtAgainBeforeTheRunEnds() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("later", 2, tree.with());
    CompiledTree newest = tree.with(COLUMN);
    try (Connection holder = platform.platform().superuser()) {
      SchemaProof real = platform.proof(newest);
      AtomicInteger asked = new AtomicInteger();
      SchemaProof releasing =
          (changed, version) -> {
            if (changed.equals(Set.of(tenants.get(1))) && asked.incrementAndGet() == 2) {
              TestPlatformLocks.release(holder);
            }
            return real.differing(changed, version);
          };
      platform.at(tenants.get(1), DRIFT);

      MigrationRun run =
          lockedBehindItsChange(platform, newest, "later1", tenants.get(1), holder, releasing);

      assertThat(asked).hasValue(2);
      assertReported(platform, run, tenants.get(1));
    }
  }

  @Test
  void oneThatIsLockedAtEachLookIsSaidNotToBeProven() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("never", 2, tree.with());
    CompiledTree newest = tree.with(COLUMN);
    try (Connection holder = platform.platform().superuser()) {
      MigrationRun run =
          lockedBehindItsChange(
              platform, newest, "never1", tenants.get(1), holder, platform.proof(newest));

      assertThat(run.state()).as(run.errorDetail()).isEqualTo(MigrationState.SUCCEEDED);
      assertThat(run.errorCode()).isNull();
      assertThat(run.errorDetail()).isEqualTo("1 changed, but were locked and are not proven.");
      assertThat(platform.runs().results(run.id(), null, 10, null))
          .allSatisfy(
              result -> {
                assertThat(result.state()).isEqualTo(MigrationResultState.SUCCEEDED);
                if (result.tenant().equals(tenants.get(1))) {
                  assertThat(result.detail()).contains("not proven");
                } else {
                  assertThat(result.detail()).isNull();
                }
              });
    }
  }

  private static MigrationRun lockedBehindItsChange(
      FanOutPlatform platform,
      CompiledTree newest,
      String canary,
      TenantId tenant,
      Connection holder,
      SchemaProof proof)
      throws SQLException {
    holder.setAutoCommit(false);
    FanOutListener locking =
        new FanOutListener() {
          @Override
          public void tenant(MigrationRun of, TenantId changed, TenantOutcome outcome) {
            if (changed.equals(tenant)) {
              TestPlatformLocks.row(holder, tenant);
            }
          }
        };
    return platform
        .fanOut(newest, FanOutPlatform.settings(3, Duration.ofMillis(100)), proof)
        .runNow(FanOutPlatform.up(10, canary), FanOutPlatform.TESTER, locking);
  }

  @Test
  void aDatabaseThatGoesAwayDuringAProofIsAskedAgain() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("away", 2, tree.with());
    CompiledTree newest = tree.with(COLUMN);
    SchemaProof real = platform.proof(newest);
    List<Set<TenantId>> asked = new ArrayList<>();
    SchemaProof once =
        (changed, version) -> {
          asked.add(changed);
          if (asked.size() == 1) {
            throw new TenantryException(ErrorCode.DATABASE_UNAVAILABLE, "away");
          }
          return real.differing(changed, version);
        };
    platform.at(tenants.get(0), DRIFT);

    MigrationRun run =
        platform
            .fanOut(newest, FanOutPlatform.settings(3, Duration.ofMillis(100)), once)
            .runNow(FanOutPlatform.up(10, "away1"), FanOutPlatform.TESTER, FanOutListener.NONE);

    assertThat(asked).containsExactly(Set.of(tenants.get(0)), Set.of(tenants.get(0)));
    assertThat(run.state()).isEqualTo(MigrationState.PAUSED);
    assertThat(platform.failed(run))
        .extracting(MigrationResult::tenant)
        .containsExactly(tenants.get(0));
  }

  @Test
  void aWorkerThatDiesBetweenAFailedCanaryAndThePauseLetsNoOtherWaveBegin() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("first", 5, tree.with());
    platform.at(tenants.get(1), "create table <schema>.desk_planted (x int)");
    CompiledTree newest = tree.with(FAILING);
    SchemaProof dying =
        (_, _) -> {
          throw new Killed();
        };
    FanOutSettings settings = FanOutPlatform.settings(3, Duration.ofMillis(100));
    assertThatThrownBy(
            () ->
                platform
                    .fanOut(newest, settings, dying)
                    .runNow(
                        FanOutPlatform.up(10, "first1", "first2"),
                        FanOutPlatform.TESTER,
                        FanOutListener.NONE))
        .isInstanceOf(Killed.class);
    MigrationRun run = platform.runs().unfinished().orElseThrow();
    assertThat(run.state()).isEqualTo(MigrationState.RUNNING);

    run = goOn(platform, newest, run);

    assertThat(run.state()).isEqualTo(MigrationState.PAUSED);
    assertThat(run.errorDetail()).contains("first wave");
    assertThat(run.counts().pending()).isEqualTo(3);
  }

  /** Nothing catches it, as nothing runs any more in a process that dies. */
  private static final class Killed extends Error {}

  @Test
  void whatComesAgainAtEachTryPausesTheRunAndSaysWhy() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    platform.tenants("again", 2, tree.with());
    SchemaProof broken =
        (_, _) -> {
          throw new ControlException("looking", new SQLException("secret", "22012"));
        };
    MigrationRun run =
        platform
            .fanOut(tree.with(FAILING), FanOutPlatform.settings(3, Duration.ofMillis(100)), broken)
            .runNow(FanOutPlatform.up(10), FanOutPlatform.TESTER, FanOutListener.NONE);
    assertThat(run.state()).isEqualTo(MigrationState.PAUSED);
    assertThat(run.errorDetail()).isEqualTo("It cannot go on: SQLSTATE 22012");
  }

  private MigrationRun killedAt(FanOutPlatform platform, int turn, String canary) throws Exception {
    MigrationRun run =
        platform.runs().request(FanOutPlatform.up(10, canary), FanOutPlatform.TESTER);
    assertThat(FanOutProcess.diesAt(platform.platform(), folder, turn, run.id())).isEqualTo(KILLED);
    return platform.runs().find(run.id()).orElseThrow();
  }

  private static MigrationRun goOn(FanOutPlatform platform, CompiledTree tree, MigrationRun run) {
    return platform
        .fanOut(tree, FanOutPlatform.settings(3, Duration.ofMillis(100)), platform.proof(tree))
        .untilItRests(run.id(), FanOutListener.NONE);
  }

  private static void assertReported(FanOutPlatform platform, MigrationRun run, TenantId tenant)
      throws SQLException {
    assertThat(run.state()).as(run.errorDetail()).isEqualTo(MigrationState.FAILED);
    assertThat(platform.failed(run))
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.tenant()).isEqualTo(tenant);
              assertThat(result.detail()).contains("catalog");
            });
    assertThat(
            platform.rows(
                "select count(*) from tenantry_control.tenant_schemas where checked_at is null"))
        .containsExactly("0");
  }
}
