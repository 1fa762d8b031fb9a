package io.tenantry.migrations.fanout;

import static io.tenantry.migrations.plan.FixtureTree.changeSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tenantry.control.MigrationDirection;
import io.tenantry.control.MigrationRequest;
import io.tenantry.control.MigrationResult;
import io.tenantry.control.MigrationResultState;
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
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What may happen to a run over many tenants: 1,000 in {@code make test.fanout}, fewer here. After
 * each, every schema is at the version that the registry says, and revert touches those alone that
 * the run has changed.
 */
class FanOutFaultsIT {

  private static final int TENANTS = Integer.getInteger("fanout.tenants", 60);
  private static final int FAILING = 10;
  private static final int KILLED = 137;

  /** Fails where a table stands in its way, as if the disk were full. */
  private static final String NO_SPACE =
      changeSet(
          "own-1-disk",
          """
          create table desk_first (tenant_id uuid not null);
          do $full$ begin
            if to_regclass('desk_planted') is not null then
              raise exception 'could not extend file' using errcode = '53100';
            end if;
          end $full$;
          alter table desk_notes add column mood text;
          """,
          "alter table desk_notes drop column mood;\ndrop table desk_first;");

  private static final String COLUMN =
      changeSet(
          "own-1-column",
          "alter table desk_notes add column mood text;",
          "alter table desk_notes drop column mood;");

  @TempDir Path folder;

  @Test
  void killedAndResumedWithFailuresALockAndLiveTraffic() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("faulty", TENANTS, tree.with());
    List<TenantId> failing = tenants.subList(TENANTS - FAILING, TENANTS);
    for (TenantId tenant : failing) {
      platform.execute("create table " + TenantNames.schema(tenant) + ".desk_planted (x int)");
    }
    TenantId locked = tenants.get(TENANTS / 2);
    CompiledTree newest = tree.with(NO_SPACE);
    MigrationRun run =
        platform
            .runs()
            .request(
                new MigrationRequest(
                    MigrationDirection.UP,
                    null,
                    null,
                    List.of("faulty1"),
                    MigrationRequest.WAVES,
                    FAILING,
                    2),
                FanOutPlatform.TESTER);

    List<TenantId> served = new ArrayList<>(tenants);
    served.remove(locked);
    try (LiveTraffic traffic = new LiveTraffic(platform.platform(), served, 2);
        Connection holder = platform.platform().superuser()) {
      holder.setAutoCommit(false);
      TestPlatformLocks.lock(holder, TenantNames.schema(locked) + ".desk_notes");

      int at = TENANTS * 437 / 1000;
      assertThat(FanOutProcess.diesAt(platform.platform(), folder, at, run.id())).isEqualTo(KILLED);
      MigrationRun dead = platform.runs().find(run.id()).orElseThrow();
      assertThat(dead.state()).isEqualTo(MigrationState.RUNNING);
      assertThat(dead.counts().pending()).isPositive();
      assertThat(platform.mixed(tenants)).isEmpty();

      AtomicInteger again = new AtomicInteger();
      FanOutListener releasing =
          new FanOutListener() {
            @Override
            public void tenant(MigrationRun of, TenantId tenant, TenantOutcome outcome) {
              if (tenant.equals(locked) && again.incrementAndGet() == 3) {
                TestPlatformLocks.release(holder);
              }
            }
          };
      run =
          platform
              .fanOut(
                  newest, FanOutPlatform.settings(1000, Duration.ofMillis(100)), SchemaProof.NONE)
              .untilItRests(run.id(), releasing);
      traffic.end();
      assertThat(traffic.failures()).isEmpty();
      assertThat(traffic.served()).isPositive();
    }

    assertThat(run.state()).as(run.errorDetail()).isEqualTo(MigrationState.FAILED);
    assertThat(run.attempt()).isEqualTo(2);
    assertThat(run.counts().succeeded()).isEqualTo(TENANTS - FAILING);
    List<MigrationResult> failed =
        platform.runs().results(run.id(), MigrationResultState.FAILED, 200, null);
    assertThat(failed)
        .extracting(MigrationResult::tenant)
        .containsExactlyInAnyOrderElementsOf(failing);
    assertThat(failed).extracting(MigrationResult::sqlState).containsOnly("53100");
    assertThat(platform.mixed(tenants)).isEmpty();
    assertThat(platform.versions())
        .containsExactly("base-3-comment|" + FAILING, "own-1-disk|" + (TENANTS - FAILING));

    List<String> before = touched(platform, failing);
    MigrationRun back =
        platform
            .fanOut(newest)
            .untilItRests(
                platform.runs().revert(run.id(), FanOutPlatform.TESTER).id(), FanOutListener.NONE);
    assertThat(back.counts().succeeded()).isEqualTo(TENANTS - FAILING);
    assertThat(platform.versions()).containsExactly("base-3-comment|" + TENANTS);
    assertThat(platform.mixed(tenants)).isEmpty();
    assertThat(touched(platform, failing)).isEqualTo(before);
  }

  @Test
  void whatHasDriftedInATenantThatWasChangedBeforeTheKillIsReportedByWhoeverGoesOn()
      throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("drifted", TENANTS, tree.with());
    CompiledTree newest = tree.with(COLUMN);
    MigrationRun run =
        platform.runs().request(FanOutPlatform.up(FAILING, "drifted1"), FanOutPlatform.TESTER);
    assertThat(FanOutProcess.diesAt(platform.platform(), folder, TENANTS * 437 / 1000, run.id()))
        .isEqualTo(KILLED);
    List<TenantId> drifted =
        platform.runs().results(run.id(), MigrationResultState.SUCCEEDED, FAILING, null).stream()
            .map(MigrationResult::tenant)
            .toList();
    assertThat(drifted).hasSize(FAILING);
    for (TenantId tenant : drifted) {
      platform.at(tenant, "alter table <schema>.desk_notes add column planted text");
    }

    run =
        platform
            .fanOut(
                newest, FanOutPlatform.settings(3, Duration.ofMillis(100)), platform.proof(newest))
            .untilItRests(run.id(), FanOutListener.NONE);

    assertThat(run.state()).as(run.errorDetail()).isEqualTo(MigrationState.FAILED);
    List<MigrationResult> failed = platform.failed(run);
    assertThat(failed)
        .extracting(MigrationResult::tenant)
        .containsExactlyInAnyOrderElementsOf(drifted);
    assertThat(failed).allSatisfy(result -> assertThat(result.detail()).contains("catalog"));
    assertThat(run.counts().succeeded()).isEqualTo(TENANTS - FAILING);
    assertThat(platform.versions()).containsExactly("own-1-column|" + TENANTS);
    assertThat(platform.mixed(tenants)).isEmpty();
  }

  @Test
  void theServerRestartsInTheMiddleAndTheRunGoesOn() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    assumeThat(platform.platform().postgres().supportsRestart()).isTrue();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("restarts", TENANTS, tree.with());
    AtomicInteger turns = new AtomicInteger();
    AtomicBoolean restarted = new AtomicBoolean();
    FanOutListener restarting =
        new FanOutListener() {
          @Override
          public void tenant(MigrationRun run, TenantId tenant, TenantOutcome outcome) {
            if (turns.incrementAndGet() == TENANTS / 2 && restarted.compareAndSet(false, true)) {
              platform.platform().postgres().stop();
              platform.platform().postgres().start();
            }
          }
        };

    MigrationRun run =
        platform
            .fanOut(tree.with(COLUMN))
            .runNow(MigrationRequest.up(), FanOutPlatform.TESTER, restarting);

    assertThat(restarted).isTrue();
    assertThat(run.state()).as(run.errorDetail()).isEqualTo(MigrationState.SUCCEEDED);
    assertThat(run.attempt()).isGreaterThan(1);
    assertThat(run.counts().succeeded()).isEqualTo(TENANTS);
    assertThat(platform.versions()).containsExactly("own-1-column|" + TENANTS);
    assertThat(platform.mixed(tenants)).isEmpty();
  }

  /** Two processes at one run: the second gets nothing while the first one lives. */
  @Test
  void twoWorkersNeverHaveOneRun() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    platform.tenants("two", 4, tree.with());
    CompiledTree newest = tree.with(COLUMN);
    AtomicBoolean second = new AtomicBoolean();
    FanOutListener looking =
        new FanOutListener() {
          @Override
          public void tenant(MigrationRun run, TenantId tenant, TenantOutcome outcome) {
            second.compareAndSet(false, platform.fanOut(newest).runNext(FanOutListener.NONE));
          }
        };

    MigrationRun run =
        platform.fanOut(newest).runNow(MigrationRequest.up(), FanOutPlatform.TESTER, looking);

    assertThat(run.counts().succeeded()).isEqualTo(4);
    assertThat(second).isFalse();
  }

  /** As after a pause of the whole process that was longer than its lease. */
  @Test
  void whoHasLostTheRunBeginsNoFurtherTenantAndLeavesItToTheOther() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("lost", 12, tree.with());
    MigrationRequest oneByOne =
        new MigrationRequest(
            MigrationDirection.UP, null, null, List.of("lost1"), MigrationRequest.WAVES, 0, 1);
    MigrationRun run = platform.runs().request(oneByOne, FanOutPlatform.TESTER);
    AtomicInteger turns = new AtomicInteger();
    FanOutListener losing =
        new FanOutListener() {
          @Override
          public void tenant(MigrationRun of, TenantId tenant, TenantOutcome outcome) {
            if (turns.incrementAndGet() == 4) {
              try {
                platform.execute(
                    "update tenantry_control.migration_runs set worker = 'another',"
                        + " lease_until = now() + interval '1 hour'");
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            }
          }
        };

    assertThat(platform.fanOut(tree.with(COLUMN)).runNext(losing)).isTrue();

    MigrationRun now = platform.runs().find(run.id()).orElseThrow();
    assertThat(now.state()).isEqualTo(MigrationState.RUNNING);
    assertThat(now.worker()).isEqualTo("another");
    assertThat(now.counts().succeeded()).isEqualTo(4);
    assertThat(now.counts().pending()).isEqualTo(8);
    assertThat(platform.mixed(tenants)).isEmpty();
  }

  /** What the failed ones have, as the catalog has it. */
  private static List<String> touched(FanOutPlatform platform, List<TenantId> tenants)
      throws Exception {
    List<String> all = new ArrayList<>();
    for (TenantId tenant : tenants) {
      all.addAll(
          platform.rows(
              "select oid, relname, xmin from pg_class where relnamespace = '"
                  + TenantNames.schema(tenant)
                  + "'::regnamespace and relkind = 'r' and relname like 'desk%' order by 2"));
    }
    return all;
  }
}
