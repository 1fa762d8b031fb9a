package io.tenantry.migrations.fanout;

import static io.tenantry.migrations.plan.FixtureTree.changeSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.MigrationRequest;
import io.tenantry.control.MigrationResult;
import io.tenantry.control.MigrationResultState;
import io.tenantry.control.MigrationRun;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.changelog.TenantMigration;
import io.tenantry.migrations.plan.CompiledTree;
import io.tenantry.migrations.plan.FixtureTree;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schemas of tenants that nobody has asked for yet are changed with all others. */
class MadeAheadIT {

  @TempDir Path folder;

  @Test
  void aSchemaThatIsMadeAheadIsChangedAndHasNoSlug() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    CompiledTree old = tree.with();
    List<TenantId> tenants = platform.tenants("beside", 2, old);
    TenantId ahead = new TenantId(UUID.randomUUID());
    platform.execute("create role " + TenantNames.role(ahead) + " nologin inherit");
    platform.execute(
        "create schema " + TenantNames.schema(ahead) + " authorization tenantry_owner");
    new TenantMigration(platform.platform().as(Duty.MIGRATE), platform.platform().signer(), old)
        .create(ahead);
    CompiledTree newest =
        tree.with(
            changeSet(
                "own-1-column",
                "alter table desk_notes add column mood text;",
                "alter table desk_notes drop column mood;"));

    MigrationRun run =
        platform
            .fanOut(newest)
            .runNow(MigrationRequest.up(), FanOutPlatform.TESTER, FanOutListener.NONE);

    List<MigrationResult> results =
        platform.runs().results(run.id(), MigrationResultState.SUCCEEDED, 200, null);
    assertThat(results).hasSize(3);
    assertThat(results)
        .filteredOn(result -> result.tenant().equals(ahead))
        .singleElement()
        .satisfies(result -> assertThat(result.slug()).isNull());
    assertThat(results)
        .filteredOn(result -> tenants.contains(result.tenant()))
        .allSatisfy(result -> assertThat(result.slug()).startsWith("beside"));
    assertThat(platform.versions()).containsExactly("own-1-column|3");
    assertThat(platform.mixed(List.of(ahead))).isEmpty();
  }
}
