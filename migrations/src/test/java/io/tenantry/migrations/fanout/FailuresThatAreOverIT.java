package io.tenantry.migrations.fanout;

import static io.tenantry.migrations.plan.FixtureTree.changeSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.MigrationRequest;
import io.tenantry.control.MigrationRun;
import io.tenantry.control.MigrationState;
import io.tenantry.migrations.drift.DriftState;
import io.tenantry.migrations.drift.WaveProof;
import io.tenantry.migrations.plan.CompiledTree;
import io.tenantry.migrations.plan.FixtureTree;
import io.tenantry.tenancy.TenantId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run's failure has set ends with what it was for, and nothing else does. */
class FailuresThatAreOverIT {

  /** Fails up and down where a table or a view stands in its way. */
  private static final String NEEDED =
      changeSet(
          "own-1-needed",
          "-- tenantry: incompatible\ncreate table desk_planted (tenant_id uuid);",
          "drop table desk_planted;");

  private static final String PLANT = "create table <schema>.desk_planted (x int)";
  private static final String NEEDS = "own-1-needed";

  @TempDir Path folder;

  @Test
  void aRevertEndsTheFailureOfItsRunAndTheQuarantineThatWasForIt() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("over", 4, tree.with());
    platform.at(tenants.get(2), PLANT);
    FanOut fanOut = platform.fanOut(tree.with(NEEDED));
    MigrationRun run = up(fanOut, "over1");
    assertThat(platform.quarantined()).containsExactly("over3");
    assertThat(platform.failures()).containsExactly("over3|" + NEEDS);

    revert(platform, fanOut, run);

    assertThat(platform.versions()).containsExactly("base-3-comment|4");
    assertThat(platform.failures()).isEmpty();
    assertThat(platform.quarantined()).isEmpty();
    assertThat(platform.quarantines(tenants.get(2)))
        .containsExactly("tenant.quarantine", "tenant.unquarantine");
  }

  @Test
  void aQuarantineThatWasSetByHandStays() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("hand", 4, tree.with());
    platform.at(tenants.get(2), PLANT);
    platform.execute("update tenantry_control.tenants set quarantined = true where slug = 'hand3'");
    FanOut fanOut = platform.fanOut(tree.with(NEEDED));

    revert(platform, fanOut, up(fanOut, "hand1"));

    assertThat(platform.failures()).isEmpty();
    assertThat(platform.quarantined()).containsExactly("hand3");
    assertThat(platform.quarantines(tenants.get(2))).isEmpty();
  }

  @Test
  void aQuarantineForDriftStaysToo() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("drifts", 4, tree.with());
    platform.at(tenants.get(2), PLANT);
    CompiledTree newest = tree.with(NEEDED);
    FanOut fanOut = platform.fanOut(newest);
    MigrationRun run = up(fanOut, "drifts1");
    assertThat(platform.drift(newest, true).one(tenants.get(2)).state())
        .isEqualTo(DriftState.DRIFTED);

    revert(platform, fanOut, run);

    assertThat(platform.failures()).isEmpty();
    assertThat(platform.quarantined()).containsExactly("drifts3");
    platform.at(tenants.get(2), "drop table <schema>.desk_planted");
    assertThat(platform.drift(newest, true).one(tenants.get(2)).state()).isEqualTo(DriftState.SAME);
    assertThat(platform.quarantined()).isEmpty();
  }

  /** A second run that failed there too has changed nobody: what the others have is the first's. */
  @Test
  void aTenantThatLacksWhatTheOthersKeepIsHeldOn() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("keeps", 4, tree.with());
    platform.at(tenants.get(2), PLANT);
    FanOut fanOut = platform.fanOut(tree.with(NEEDED));
    MigrationRun first = up(fanOut, "keeps1");
    MigrationRun second = up(fanOut, "keeps1");
    assertThat(second.counts().total()).isEqualTo(1);

    revert(platform, fanOut, second);
    assertThat(platform.failures()).containsExactly("keeps3|" + NEEDS);
    assertThat(platform.quarantined()).containsExactly("keeps3");

    revert(platform, fanOut, first);
    assertThat(platform.failures()).isEmpty();
    assertThat(platform.quarantined()).isEmpty();
  }

  @Test
  void whoCouldNotGoDownIsFineWhenTheOthersAreUpAgain() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    CompiledTree tree = new FixtureTree(folder).with(NEEDED);
    List<TenantId> tenants = platform.tenants("downs", 3, tree);
    platform.at(
        tenants.get(1), "create view <schema>.desk_view as select * from <schema>.desk_planted");
    FanOut fanOut = platform.fanOut(tree);
    MigrationRun down =
        fanOut.runNow(MigrationRequest.down(1), FanOutPlatform.TESTER, FanOutListener.NONE);
    if (down.state() == MigrationState.PAUSED) {
      // It was the first wave.
      platform.runs().resume(down.id(), FanOutPlatform.TESTER);
      fanOut.untilItRests(down.id(), FanOutListener.NONE);
    }
    assertThat(platform.versions()).containsExactly("base-3-comment|2", NEEDS + "|1");
    assertThat(platform.quarantined()).containsExactly("downs2");

    MigrationRun up = up(fanOut, "downs1");

    assertThat(up.counts().total()).isEqualTo(2);
    assertThat(platform.failures()).isEmpty();
    assertThat(platform.quarantined()).isEmpty();
  }

  @Test
  void aDriftThatIsMendedEndsWhatTheProofHasSaid() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("mends", 3, tree.with());
    platform.at(tenants.get(1), "alter table <schema>.desk_notes add column planted text");
    CompiledTree newest = tree.with(NEEDED);
    MigrationRun run =
        up(
            platform.fanOut(
                newest,
                FanOutPlatform.settings(3, Duration.ofMillis(100)),
                new WaveProof(platform.drift(newest, true))),
            "mends1");
    assertThat(run.state()).isEqualTo(MigrationState.FAILED);
    assertThat(platform.failures()).containsExactly("mends2|" + NEEDS);
    assertThat(platform.quarantined()).containsExactly("mends2");

    platform.at(tenants.get(1), "alter table <schema>.desk_notes drop column planted");
    assertThat(platform.drift(newest, true).one(tenants.get(1)).state()).isEqualTo(DriftState.SAME);

    assertThat(platform.failures()).isEmpty();
    assertThat(platform.quarantined()).isEmpty();
    assertThat(platform.quarantines(tenants.get(1)))
        .containsExactly("tenant.quarantine", "tenant.unquarantine");
  }

  /** It was mended between the look and the run's writing it down. */
  @Test
  void aProofThatIsOutOfDateIsTakenBackByTheNextCheckAndAFailedChangeIsNot() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("stale", 4, tree.with());
    platform.at(tenants.get(3), PLANT);
    CompiledTree newest = tree.with(NEEDED);
    SchemaProof wrong =
        (changed, _) -> changed.contains(tenants.get(1)) ? Set.of(tenants.get(1)) : Set.of();
    up(
        platform.fanOut(newest, FanOutPlatform.settings(3, Duration.ofMillis(100)), wrong),
        "stale1");
    assertThat(platform.failures()).containsExactly("stale2|" + NEEDS, "stale4|" + NEEDS);
    platform.at(tenants.get(3), "drop table <schema>.desk_planted");

    assertThat(platform.drift(newest, true).all((_, _) -> {}).clean()).isTrue();

    assertThat(platform.failures()).containsExactly("stale4|" + NEEDS);
    assertThat(platform.quarantined()).containsExactly("stale4");
  }

  private static MigrationRun up(FanOut fanOut, String canary) {
    return fanOut.runNow(FanOutPlatform.up(10, canary), FanOutPlatform.TESTER, FanOutListener.NONE);
  }

  private static void revert(FanOutPlatform platform, FanOut fanOut, MigrationRun run) {
    MigrationRun back =
        fanOut.untilItRests(
            platform.runs().revert(run.id(), FanOutPlatform.TESTER).id(), FanOutListener.NONE);
    assertThat(back.state()).as(back.errorDetail()).isEqualTo(MigrationState.SUCCEEDED);
  }
}
