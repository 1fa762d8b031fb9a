package io.tenantry.migrations.fanout;

import static io.tenantry.migrations.plan.FixtureTree.changeSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.MigrationDirection;
import io.tenantry.control.MigrationRequest;
import io.tenantry.control.MigrationResult;
import io.tenantry.control.MigrationResultState;
import io.tenantry.control.MigrationRun;
import io.tenantry.migrations.plan.FixtureTree;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change that would take for ever in one schema. */
class SlowChangeIT {

  private static final String ENDLESS =
      changeSet(
          "own-1-endless",
          """
          alter table desk_notes add column mood text;
          do $endless$ begin
            while to_regclass('desk_planted') is not null loop
            end loop;
          end $endless$;
          """,
          "alter table desk_notes drop column mood;");

  @TempDir Path folder;

  @Test
  void isCutOffWithItsTenantsTransactionAndTheOthersGoOn() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("slow", 3, tree.with());
    TenantId slow = tenants.getLast();
    platform.execute("create table " + TenantNames.schema(slow) + ".desk_planted (x int)");
    FanOutSettings usual = FanOutPlatform.settings(3, Duration.ofMillis(100));
    FanOutSettings settings =
        new FanOutSettings(
            usual.pollInterval(),
            usual.lease(),
            usual.lockTimeout(),
            Duration.ofSeconds(5),
            usual.indexTimeout(),
            usual.busyAttempts(),
            usual.busyPause(),
            false);

    MigrationRun run =
        platform
            .fanOut(tree.with(ENDLESS), settings, SchemaProof.NONE)
            .runNow(
                new MigrationRequest(
                    MigrationDirection.UP,
                    null,
                    null,
                    List.of("slow1"),
                    MigrationRequest.WAVES,
                    1,
                    2),
                FanOutPlatform.TESTER,
                FanOutListener.NONE);

    List<MigrationResult> failed =
        platform.runs().results(run.id(), MigrationResultState.FAILED, 200, null);
    assertThat(failed)
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.tenant()).isEqualTo(slow);
              assertThat(result.sqlState()).isEqualTo("57014");
            });
    assertThat(platform.versions()).containsExactly("base-3-comment|1", "own-1-endless|2");
    assertThat(platform.mixed(tenants)).isEmpty();
  }
}
