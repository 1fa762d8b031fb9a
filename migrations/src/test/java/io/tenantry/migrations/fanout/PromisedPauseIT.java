package io.tenantry.migrations.fanout;

import static io.tenantry.migrations.plan.FixtureTree.changeSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.MigrationClaims;
import io.tenantry.control.MigrationRequest;
import io.tenantry.control.MigrationRun;
import io.tenantry.control.MigrationState;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.plan.CompiledTree;
import io.tenantry.migrations.plan.FixtureTree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who was told that a run will pause finds it paused, whatever becomes of its worker. */
class PromisedPauseIT {

  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final String COLUMN =
      changeSet(
          "own-1-column",
          "alter table desk_notes add column mood text;",
          "alter table desk_notes drop column mood;");

  @TempDir Path folder;

  @Test
  void aWorkerThatGivesItsRunBackLeavesItPaused() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    MigrationClaims claims = new MigrationClaims(platform.platform().as(Duty.CONTROL));
    UUID run = promised(platform, claims);

    claims.giveBack(run, "w");

    assertPaused(platform, run);
    assertThat(platform.fanOut(new FixtureTree(folder).with(COLUMN)).runNext(FanOutListener.NONE))
        .as("nobody takes it up")
        .isFalse();
  }

  @Test
  void soDoesOneThatLeavesItToAnotherBuild() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    MigrationClaims claims = new MigrationClaims(platform.platform().as(Duty.CONTROL));
    UUID run = promised(platform, claims);

    claims.leave(run, "w", "It is another build's.");

    assertPaused(platform, run);
  }

  @Test
  void oneThatDiedIsFollowedByAnotherThatPausesItAndChangesNobody() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    platform.tenants("promised", 3, tree.with());
    CompiledTree newest = tree.with(COLUMN);
    MigrationClaims claims = new MigrationClaims(platform.platform().as(Duty.CONTROL));
    UUID run = promised(platform, claims);
    platform.execute(
        "update tenantry_control.migration_runs set lease_until = now() - interval '1 second'"
            + " where id = '"
            + run
            + "'");

    assertThat(platform.fanOut(newest).runNext(FanOutListener.NONE)).isTrue();

    assertPaused(platform, run);
    assertThat(platform.versions()).containsExactly("base-3-comment|3");
    platform.runs().resume(run, FanOutPlatform.TESTER);
    assertThat(platform.fanOut(newest).untilItRests(run, FanOutListener.NONE).state())
        .isEqualTo(MigrationState.SUCCEEDED);
  }

  private static UUID promised(FanOutPlatform platform, MigrationClaims claims) {
    UUID run = platform.runs().request(MigrationRequest.up(), FanOutPlatform.TESTER).id();
    assertThat(claims.claim("w", LEASE, (_, _, _) -> null)).isPresent();
    MigrationRun told = platform.runs().pause(run, FanOutPlatform.TESTER);
    assertThat(told.state()).isEqualTo(MigrationState.RUNNING);
    assertThat(told.pauseRequested()).isTrue();
    return run;
  }

  private static void assertPaused(FanOutPlatform platform, UUID run) {
    MigrationRun now = platform.runs().find(run).orElseThrow();
    assertThat(now.state()).isEqualTo(MigrationState.PAUSED);
    assertThat(now.pauseRequested()).isFalse();
    assertThat(now.worker()).isNull();
  }
}
