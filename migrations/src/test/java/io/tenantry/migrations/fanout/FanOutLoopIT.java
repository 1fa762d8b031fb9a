package io.tenantry.migrations.fanout;

import static io.tenantry.migrations.plan.FixtureTree.changeSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenantry.control.MigrationRequest;
import io.tenantry.control.MigrationRun;
import io.tenantry.control.MigrationState;
import io.tenantry.migrations.plan.CompiledTree;
import io.tenantry.migrations.plan.FixtureTree;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FanOutLoopIT {

  private static final String COLUMN =
      changeSet(
          "own-1-column",
          "alter table desk_notes add column mood text;",
          "alter table desk_notes drop column mood;");

  @TempDir Path folder;

  @Test
  void runsAreCarriedOutAsTheyAreAskedForAndAStartBringsUpWhereItIsToldTo() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    platform.tenants("loop", 3, tree.with());
    CompiledTree newest = tree.with(COLUMN);

    try (FanOutLoop loop = loop(platform, newest, true)) {
      loop.start();
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(() -> assertThat(platform.versions()).containsExactly("own-1-column|3"));
      await().atMost(Duration.ofMinutes(2)).until(() -> platform.runs().unfinished().isEmpty());

      MigrationRun down = platform.runs().request(MigrationRequest.down(1), FanOutPlatform.TESTER);
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(
              () ->
                  assertThat(platform.runs().find(down.id()).orElseThrow().state())
                      .isEqualTo(MigrationState.SUCCEEDED));
    }

    try (FanOutLoop loop = loop(platform, newest, false)) {
      loop.start();
      assertThat(platform.runs().unfinished()).isEmpty();
    }
    assertThat(platform.versions()).containsExactly("base-3-comment|3");
  }

  private static FanOutLoop loop(FanOutPlatform platform, CompiledTree tree, boolean bringUp) {
    FanOutSettings usual = FanOutPlatform.settings(3, Duration.ofMillis(100));
    FanOutSettings settings =
        new FanOutSettings(
            usual.pollInterval(),
            usual.lease(),
            usual.lockTimeout(),
            usual.statementTimeout(),
            usual.indexTimeout(),
            usual.busyAttempts(),
            usual.busyPause(),
            bringUp);
    return new FanOutLoop(platform.fanOut(tree, settings, SchemaProof.NONE), settings);
  }
}
