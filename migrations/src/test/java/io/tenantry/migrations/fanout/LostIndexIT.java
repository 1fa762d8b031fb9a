package io.tenantry.migrations.fanout;

import static io.tenantry.migrations.plan.FixtureTree.changeSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenantry.control.MigrationRequest;
import io.tenantry.control.MigrationRun;
import io.tenantry.control.MigrationState;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.migrations.drift.DriftState;
import io.tenantry.migrations.plan.CompiledTree;
import io.tenantry.migrations.plan.FixtureTree;
import io.tenantry.migrations.schema.SchemaTurn;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index is built or dropped beside the tenant's work, and the run is lost meanwhile. */
class LostIndexIT {

  private static final String INDEX =
      changeSet(
          "own-1-index",
          "create index concurrently desk_notes_idx on desk_notes (tenant_id, body);",
          "drop index concurrently if exists desk_notes_idx;",
          "runInTransaction:false");
  private static final String TURN = "select pg_advisory_lock";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void whatWasBuiltMeanwhileIsDroppedAgainAndTheResumedRunBuildsIt() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    TenantId tenant = platform.tenants("built", 1, tree.with()).getFirst();
    CompiledTree newest = tree.with(INDEX);

    MigrationRun lost =
        lostDuring("create index concurrently", platform, newest, tenant, MigrationRequest.up());

    assertThat(indexes(platform, tenant)).isEmpty();
    assertThat(platform.versions()).containsExactly("base-3-comment|1");
    assertThat(platform.drift(newest, false).one(tenant).state()).isEqualTo(DriftState.SAME);
    goesOn(platform, newest, lost);
    assertThat(indexes(platform, tenant)).containsExactly("t");
    assertThat(platform.versions()).containsExactly("own-1-index|1");
    assertThat(platform.mixed(List.of(tenant))).isEmpty();
  }

  @Test
  void whatWasDroppedMeanwhileIsBuiltAgainAndTheResumedRunDropsIt() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    CompiledTree tree = new FixtureTree(folder).with(INDEX);
    TenantId tenant = platform.tenants("dropped", 1, tree).getFirst();

    MigrationRun lost =
        lostDuring("drop index concurrently", platform, tree, tenant, MigrationRequest.down(1));

    assertThat(indexes(platform, tenant)).containsExactly("t");
    assertThat(platform.versions()).containsExactly("own-1-index|1");
    assertThat(platform.drift(tree, false).one(tenant).state()).isEqualTo(DriftState.SAME);
    goesOn(platform, tree, lost);
    assertThat(indexes(platform, tenant)).isEmpty();
    assertThat(platform.versions()).containsExactly("base-3-comment|1");
  }

  /** It may have been built by hand, before the run came to it. */
  @Test
  void whatWasThereBeforeIsLeftThere() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    TenantId tenant = platform.tenants("there", 1, tree.with()).getFirst();
    CompiledTree newest = tree.with(INDEX);
    asOwner(platform, tenant);

    MigrationRun lost = lostDuring(TURN, platform, newest, tenant, MigrationRequest.up());

    assertThat(lost.state()).isEqualTo(MigrationState.PAUSED);
    assertThat(indexes(platform, tenant)).containsExactly("t");
    assertThat(platform.versions()).containsExactly("base-3-comment|1");
  }

  /** As a process leaves it that is killed between the index and what is written down of it. */
  @Test
  void whatNobodyCouldTakeBackIsCalledDriftUntilTheNextRunWritesItDown() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    TenantId tenant = platform.tenants("killed", 1, tree.with()).getFirst();
    CompiledTree newest = tree.with(INDEX);
    asOwner(platform, tenant);
    assertThat(platform.drift(newest, false).one(tenant))
        .satisfies(
            found -> {
              assertThat(found.state()).isEqualTo(DriftState.DRIFTED);
              assertThat(found.deviations().toString()).contains("desk_notes_idx");
            });
    List<String> built = oids(platform, tenant);

    MigrationRun run =
        platform
            .fanOut(newest)
            .runNow(MigrationRequest.up(), FanOutPlatform.TESTER, FanOutListener.NONE);

    assertThat(run.state()).as(run.errorDetail()).isEqualTo(MigrationState.SUCCEEDED);
    assertThat(oids(platform, tenant)).as("it is not built twice").isEqualTo(built);
    assertThat(platform.drift(newest, false).one(tenant).state()).isEqualTo(DriftState.SAME);
    assertThat(platform.mixed(List.of(tenant))).isEmpty();
  }

  /** The run is PAUSED, as by somebody for whom its worker shows no life, while the index waits. */
  private MigrationRun lostDuring(
      String what,
      FanOutPlatform platform,
      CompiledTree tree,
      TenantId tenant,
      MigrationRequest request)
      throws Exception {
    UUID run = platform.runs().request(request, FanOutPlatform.TESTER).id();
    try (Connection holder = platform.platform().superuser()) {
      holder.setAutoCommit(false);
      TestPlatformLocks.lock(holder, TenantNames.schema(tenant) + ".desk_notes");
      if (what.equals(TURN)) {
        TestPlatform.execute(holder, SchemaTurn.takeInTransaction(tenant));
      }
      CompletableFuture<Boolean> worker = works(platform, tree);
      waits(platform, what);
      platform.execute(
          "update tenantry_control.migration_runs set state = 'PAUSED', worker = null,"
              + " lease_until = null where id = '"
              + run
              + "'");
      TestPlatformLocks.release(holder);
      worker.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    return platform.runs().find(run).orElseThrow();
  }

  private static CompletableFuture<Boolean> works(FanOutPlatform platform, CompiledTree tree) {
    return CompletableFuture.supplyAsync(
        () ->
            platform
                .fanOut(tree, FanOutPlatform.settings(3, Duration.ofSeconds(30)), SchemaProof.NONE)
                .runNext(FanOutListener.NONE));
  }

  private static void waits(FanOutPlatform platform, String statement) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                !platform
                    .rows(
                        "select pid from pg_stat_activity where datname = current_database()"
                            + " and wait_event_type = 'Lock' and query like '%"
                            + statement
                            + "%'")
                    .isEmpty());
  }

  private static void goesOn(FanOutPlatform platform, CompiledTree tree, MigrationRun run) {
    assertThat(run.state()).isEqualTo(MigrationState.PAUSED);
    assertThat(run.counts().pending()).isEqualTo(1);
    platform.runs().resume(run.id(), FanOutPlatform.TESTER);
    MigrationRun ended = platform.fanOut(tree).untilItRests(run.id(), FanOutListener.NONE);
    assertThat(ended.state()).as(ended.errorDetail()).isEqualTo(MigrationState.SUCCEEDED);
  }

  private static void asOwner(FanOutPlatform platform, TenantId tenant) throws SQLException {
    platform.at(
        tenant,
        "set role tenantry_owner;"
            + " create index desk_notes_idx on <schema>.desk_notes (tenant_id, body)");
  }

  private static List<String> indexes(FanOutPlatform platform, TenantId tenant)
      throws SQLException {
    return index(platform, tenant, "i.indisvalid");
  }

  private static List<String> oids(FanOutPlatform platform, TenantId tenant) throws SQLException {
    return index(platform, tenant, "i.indexrelid");
  }

  private static List<String> index(FanOutPlatform platform, TenantId tenant, String column)
      throws SQLException {
    return platform.rows(
        "select "
            + column
            + " from pg_index i join pg_class c on c.oid = i.indexrelid"
            + " where c.relname = 'desk_notes_idx' and c.relnamespace = '"
            + TenantNames.schema(tenant)
            + "'::regnamespace");
  }
}
