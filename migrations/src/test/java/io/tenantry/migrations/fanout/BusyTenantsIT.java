package io.tenantry.migrations.fanout;

import static io.tenantry.migrations.plan.FixtureTree.changeSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.MigrationRequest;
import io.tenantry.control.MigrationRun;
import io.tenantry.control.MigrationState;
import io.tenantry.migrations.plan.CompiledTree;
import io.tenantry.migrations.plan.FixtureTree;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tenants that hold a lock which a run needs. */
class BusyTenantsIT {

  private static final String COLUMN =
      changeSet(
          "own-1-column",
          "alter table desk_notes add column mood text;",
          "alter table desk_notes drop column mood;");
  private static final String NEEDED =
      changeSet(
          "own-1-needed",
          "-- tenantry: incompatible\nalter table desk_notes add column mood text;",
          "alter table desk_notes drop column mood;");

  private static final String FIRST =
      changeSet("own-0-first", "create table desk_more ();", "drop table desk_more;");
  private static final String INDEX =
      changeSet(
          "own-0-index",
          "create index concurrently desk_notes_idx on desk_notes (tenant_id, body);",
          "drop index concurrently if exists desk_notes_idx;",
          "runInTransaction:false");

  @TempDir Path folder;

  @Test
  void aBusyTenantHasItsTurnAgainAndIsNotWaitedFor() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("busy", 6, tree.with());
    try (Connection holder = locked(platform, tenants.get(0))) {
      Turns turns = new Turns(holder, had -> had.changed.size() == 5);
      MigrationRun run = inOneWaveMore(platform, tree.with(COLUMN), "busy2", turns);

      assertThat(run.state()).isEqualTo(MigrationState.SUCCEEDED);
      assertThat(turns.changed).hasSize(6).last().isEqualTo(tenants.get(0));
    }
  }

  @Test
  void aTenantThatIsBusyAtEachOfItsTurnsHasFailedAndIsServedOnWhereTheChangeIsNotNeeded()
      throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("locked", 3, tree.with());

    MigrationRun run = withOneLocked(platform, tenants.get(1), tree.with(COLUMN), "locked1");

    assertThat(run.state()).isEqualTo(MigrationState.FAILED);
    assertThat(platform.failed(run))
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.tenant()).isEqualTo(tenants.get(1));
              assertThat(result.sqlState()).isEqualTo("55P03");
              assertThat(result.attempts()).isEqualTo(3);
            });
    assertThat(platform.versions()).containsExactly("base-3-comment|1", "own-1-column|2");
    assertThat(platform.quarantined()).isEmpty();
  }

  @Test
  void aTenantThatIsBusyAtEachOfItsTurnsIsHeldBackWhereTheChangeIsNeeded() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("needs", 3, tree.with());

    MigrationRun run = withOneLocked(platform, tenants.get(1), tree.with(NEEDED), "needs1");

    assertThat(run.state()).isEqualTo(MigrationState.FAILED);
    assertThat(platform.failed(run))
        .singleElement()
        .satisfies(result -> assertThat(result.sqlState()).isEqualTo("55P03"));
    assertThat(platform.quarantined()).containsExactly("needs2");
    assertThat(platform.quarantines(tenants.get(1))).containsExactly("tenant.quarantine");
  }

  /** The first piece of its way is committed by itself, since an index comes behind it. */
  @Test
  void whoIsHeldBackStaysSoUntilAllOfItsWayIsBehindIt() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("pieces", 2, tree.with());
    CompiledTree newest = tree.with(FIRST, INDEX, NEEDED);
    String planted = TenantNames.schema(tenants.get(1)) + ".desk_more";
    platform.execute("create table " + planted + " ()");
    MigrationRun run =
        platform
            .fanOut(newest)
            .runNow(FanOutPlatform.up(10, "pieces1"), FanOutPlatform.TESTER, FanOutListener.NONE);
    assertThat(platform.failed(run))
        .singleElement()
        .satisfies(result -> assertThat(result.sqlState()).isEqualTo("42P07"));
    assertThat(platform.quarantined()).containsExactly("pieces2");

    platform.execute("drop table " + planted);
    run = withOneLocked(platform, tenants.get(1), newest, "pieces2");

    assertThat(platform.failed(run))
        .singleElement()
        .satisfies(result -> assertThat(result.changeSet()).isEqualTo("own-0-index"));
    assertThat(platform.quarantines(tenants.get(1)))
        .as("not let go in between")
        .containsExactly("tenant.quarantine");
  }

  @Test
  void noOtherWaveBeginsBeforeABusyCanaryHasItsNewVersion() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("canary", 4, tree.with());
    try (Connection holder = locked(platform, tenants.get(2))) {
      Turns turns = new Turns(holder, had -> had.busy.size() == 2);
      MigrationRun run = inOneWaveMore(platform, tree.with(COLUMN), "canary3", turns);

      assertThat(run.state()).as(run.errorDetail()).isEqualTo(MigrationState.SUCCEEDED);
      assertThat(turns.busy).containsOnly(tenants.get(2));
      assertThat(turns.changed).hasSize(4).first().isEqualTo(tenants.get(2));
    }
  }

  /** Nobody is named: the first percentage is one tenant. */
  @Test
  void aCanaryThatStaysBusyHasFailedAndNobodyElseIsTouchedUntilSomebodySaysSo() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    platform.tenants("stays", 4, tree.with());
    TenantId first =
        new TenantId(
            UUID.fromString(
                platform
                    .rows(
                        "select tenant_id from tenantry_control.tenant_schemas"
                            + " order by md5(tenant_id::text) limit 1")
                    .getFirst()));
    CompiledTree newest = tree.with(COLUMN);
    Turns turns = new Turns();
    MigrationRun run;
    try (Connection _ = locked(platform, first)) {
      run = platform.fanOut(newest).runNow(MigrationRequest.up(), FanOutPlatform.TESTER, turns);
    }

    assertThat(run.state()).isEqualTo(MigrationState.PAUSED);
    assertThat(run.errorDetail()).contains("first wave");
    assertThat(turns.busy).containsExactly(first, first, first);
    assertThat(turns.changed).isEmpty();
    assertThat(run.counts().pending()).isEqualTo(3);
    assertThat(platform.failed(run))
        .singleElement()
        .satisfies(result -> assertThat(result.sqlState()).isEqualTo("55P03"));

    platform.runs().resume(run.id(), FanOutPlatform.TESTER);
    run = platform.fanOut(newest).untilItRests(run.id(), FanOutListener.NONE);
    assertThat(run.state()).isEqualTo(MigrationState.FAILED);
    assertThat(run.counts().succeeded()).isEqualTo(3);
  }

  /** The canary, then all others together. */
  private static MigrationRun inOneWaveMore(
      FanOutPlatform platform, CompiledTree newest, String canary, Turns turns) {
    return platform
        .fanOut(newest, FanOutPlatform.settings(100, Duration.ofMillis(50)), SchemaProof.NONE)
        .runNow(FanOutPlatform.up(0, canary), FanOutPlatform.TESTER, turns);
  }

  private static MigrationRun withOneLocked(
      FanOutPlatform platform, TenantId tenant, CompiledTree newest, String canary)
      throws SQLException {
    // An index waits for the lock until its own time is over, since its tenant works meanwhile.
    FanOutSettings settings =
        FanOutPlatform.settings(3, Duration.ofMillis(100), Duration.ofSeconds(2));
    try (Connection _ = locked(platform, tenant)) {
      return platform
          .fanOut(newest, settings, SchemaProof.NONE)
          .runNow(FanOutPlatform.up(10, canary), FanOutPlatform.TESTER, FanOutListener.NONE);
    }
  }

  private static Connection locked(FanOutPlatform platform, TenantId tenant) throws SQLException {
    Connection holder = platform.platform().superuser();
    holder.setAutoCommit(false);
    TestPlatformLocks.lock(holder, TenantNames.schema(tenant) + ".desk_notes");
    return holder;
  }

  /** Who has had which turn, in order. */
  private static final class Turns implements FanOutListener {
    private final Runnable after;
    final List<TenantId> changed = Collections.synchronizedList(new ArrayList<>());
    final List<TenantId> busy = Collections.synchronizedList(new ArrayList<>());

    Turns() {
      this.after = () -> {};
    }

    /** The holder's lock goes when {@code enough}. */
    Turns(Connection holder, Predicate<Turns> enough) {
      this.after =
          () -> {
            if (enough.test(this)) {
              TestPlatformLocks.release(holder);
            }
          };
    }

    @Override
    public void tenant(MigrationRun run, TenantId tenant, TenantOutcome outcome) {
      if (outcome instanceof TenantOutcome.Changed) {
        changed.add(tenant);
      } else if (outcome instanceof TenantOutcome.Busy) {
        busy.add(tenant);
      }
      after.run();
    }
  }
}
