package io.tenantry.migrations.fanout;

import static io.tenantry.migrations.plan.FixtureTree.ROWS;
import static io.tenantry.migrations.plan.FixtureTree.changeSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.MigrationDirection;
import io.tenantry.control.MigrationRequest;
import io.tenantry.control.MigrationResult;
import io.tenantry.control.MigrationResultState;
import io.tenantry.control.MigrationRun;
import io.tenantry.control.MigrationState;
import io.tenantry.control.catalog.Fingerprints;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.changelog.TenantMigration;
import io.tenantry.migrations.drift.GoldenSchemas;
import io.tenantry.migrations.plan.CompiledTree;
import io.tenantry.migrations.plan.FixtureTree;
import io.tenantry.migrations.schema.SchemaConnection;
import io.tenantry.migrations.schema.SchemaText;
import io.tenantry.migrations.schema.StockLiquibase;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.capability.CapabilityKey;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.tenancy.names.TenantNames;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import liquibase.resource.DirectoryResourceAccessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changesets that read or write tenants' rows. */
class BackfillIT {

  /** Fails where it runs inside a tenant. */
  private static final String OUTSIDE =
      """
      do $outside$ begin
        if tenantry_guard.current_tenant() is not null then
          raise exception 'a tenant has been entered';
        end if;
      end $outside$;
      """;

  private static final String FILL = "update desk_rows set note = 'filled' where note is null;";

  private static final String INCOMPATIBLE = "-- tenantry: incompatible\n";
  private static final String BACKFILL =
      changeSet(
          "own-2-fill",
          "-- tenantry: enter\n" + FILL,
          "update desk_rows set note = null where note = 'filled';");

  @TempDir Path folder;

  @Test
  void eachTenantsRowsAreFilledAndOnlyItsOwn() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("fill", 5, tree.with(ROWS));
    plant(platform, tenants);
    String before = changeSet("own-1-outside", OUTSIDE, OUTSIDE.strip());
    String after = changeSet("own-3-outside", OUTSIDE, OUTSIDE.strip());
    CompiledTree newest = tree.with(ROWS, before, BACKFILL, after);

    MigrationRun run = up(platform, newest);

    assertThat(run.state()).as(run.errorDetail()).isEqualTo(MigrationState.SUCCEEDED);
    assertThat(run.counts().succeeded()).isEqualTo(5);
    for (TenantId tenant : tenants) {
      assertThat(notes(platform, tenant)).containsExactly("1|filled", "2|own", "3|null");
      assertThat(
              StockLiquibase.pending(
                  platform.platform(), tenant, "tenant.xml", new DirectoryResourceAccessor(folder)))
          .isEmpty();
    }
    assertThat(platform.mixed(tenants)).isEmpty();

    MigrationRun down =
        platform
            .fanOut(newest)
            .runNow(MigrationRequest.down(3), FanOutPlatform.TESTER, FanOutListener.NONE);
    assertThat(down.state()).as(down.errorDetail()).isEqualTo(MigrationState.SUCCEEDED);
    for (TenantId tenant : tenants) {
      assertThat(notes(platform, tenant)).containsExactly("1|null", "2|own", "3|null");
    }
    MigrationRun back =
        platform
            .fanOut(newest)
            .untilItRests(
                platform.runs().revert(down.id(), FanOutPlatform.TESTER).id(), FanOutListener.NONE);
    assertThat(back.state()).as(back.errorDetail()).isEqualTo(MigrationState.SUCCEEDED);
    assertThat(notes(platform, tenants.getFirst())).containsExactly("1|filled", "2|own", "3|null");
  }

  /** What the mark is for: the same text without it succeeds and does nothing. */
  @Test
  void withoutEnteringItSeesNoRow() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("blind", 2, tree.with(ROWS));
    plant(platform, tenants);
    String unmarked =
        changeSet(
            "own-2-fill",
            "-- tenantry: allow backfill_without_tenant: shows what it would do\n" + FILL,
            "empty");

    MigrationRun run = up(platform, tree.with(ROWS, unmarked));

    assertThat(run.counts().succeeded()).isEqualTo(2);
    assertThat(notes(platform, tenants.getFirst())).containsExactly("1|null", "2|own", "3|null");
  }

  @Test
  void oneThatFailsLeavesItsTenantWholeAndTheOthersGoOn() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("whole", 4, tree.with(ROWS));
    plant(platform, tenants);
    TenantId odd = tenants.getLast();
    platform.execute(
        "alter table "
            + TenantNames.schema(odd)
            + ".desk_rows add constraint desk_rows_note_check check (note <> 'filled')");

    MigrationRun run =
        platform
            .fanOut(
                tree.with(
                    ROWS,
                    changeSet(
                        "own-1-first", "create table desk_first ();", "drop table desk_first;"),
                    BACKFILL))
            .runNow(
                new MigrationRequest(
                    MigrationDirection.UP,
                    null,
                    null,
                    List.of("whole1"),
                    MigrationRequest.WAVES,
                    10,
                    2),
                FanOutPlatform.TESTER,
                FanOutListener.NONE);

    assertThat(run.counts().succeeded()).isEqualTo(3);
    assertThat(platform.runs().results(run.id(), MigrationResultState.FAILED, 9, null))
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.tenant()).isEqualTo(odd);
              assertThat(result.changeSet()).isEqualTo("own-2-fill");
              assertThat(result.sqlState()).isEqualTo("23514");
            });
    assertThat(notes(platform, odd)).containsExactly("1|null", "2|own", "3|null");
    assertThat(
            platform.rows("select to_regclass('" + TenantNames.schema(odd) + ".desk_first')::text"))
        .containsExactly("null");
    assertThat(platform.mixed(tenants)).isEmpty();
  }

  @Test
  void aForeignKeyIsCheckedAgainstTheRows() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("foreign", 1, tree.with(ROWS));
    plant(platform, tenants);
    String key =
        changeSet(
            "own-1-key",
            """
            -- tenantry: enter
            create table desk_targets (tenant_id uuid not null, id int not null,
              constraint desk_targets_pkey primary key (tenant_id, id));
            alter table desk_rows add constraint desk_rows_id_fkey
              foreign key (tenant_id, id) references desk_targets (tenant_id, id);
            """,
            "drop table desk_targets cascade;");

    MigrationRun run = up(platform, tree.with(ROWS, key));

    assertThat(platform.runs().results(run.id(), MigrationResultState.FAILED, 9, null))
        .extracting(MigrationResult::sqlState)
        .containsExactly("23503");
  }

  @Test
  void whoSignsWithAnotherKeyIsNotLetInNothingIsChangedAndNobodyQuarantined() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    FixtureTree tree = new FixtureTree(folder);
    List<TenantId> tenants = platform.tenants("forged", 1, tree.with(ROWS));
    plant(platform, tenants);
    CompiledTree newest =
        tree.with(
            ROWS, BACKFILL.replace("-- tenantry: enter", INCOMPATIBLE + "-- tenantry: enter"));
    assertThat(newest.plan().changeSets().getLast().compatible()).isFalse();
    CapabilitySigner forger =
        new CapabilitySigner(
            () ->
                new CapabilityKey(
                    platform.platform().credentials().capabilityKey().id(), new byte[32]),
            InstantSource.system(),
            Duration.ofSeconds(4),
            platform.platform().address().database());

    MigrationRun run =
        new FanOut(
                platform.platform().as(Duty.CONTROL),
                platform.platform().as(Duty.MIGRATE),
                forger,
                () -> newest,
                FanOutPlatform.settings(3, Duration.ofMillis(100)),
                SchemaProof.NONE)
            .runNow(MigrationRequest.up(), FanOutPlatform.TESTER, FanOutListener.NONE);

    assertThat(platform.runs().results(run.id(), null, 9, null))
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.changeSet()).isEqualTo("own-2-fill");
              assertThat(result.sqlState()).isEqualTo("42501");
            });
    assertThat(notes(platform, tenants.getFirst())).containsExactly("1|null", "2|own", "3|null");
    assertThat(platform.versions()).containsExactly("rows-1-table|1");
    assertThat(platform.quarantined()).as("it lacks what it needs, but by no fault").isEmpty();
  }

  /** It inserts rows, so whoever has not entered would be refused by the policy. */
  @Test
  void aTenantThatIsMadeAndTheOneToCompareWithEnterToo() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    String seed =
        changeSet(
            "own-1-seed",
            """
            -- tenantry: enter
            insert into desk_rows (tenant_id, id, note)
            values (tenantry_guard.current_tenant(), 7, 'seed');
            """,
            "delete from desk_rows where id = 7;");
    CompiledTree tree = new FixtureTree(folder).with(ROWS, seed);

    TenantId tenant = platform.tenants("seed", 1, tree).getFirst();

    assertThat(
            platform.rows(
                "select tenant_id, note from " + TenantNames.schema(tenant) + ".desk_rows"))
        .containsExactly(tenant.value() + "|seed");
    GoldenSchemas golden =
        new GoldenSchemas(platform.platform().as(Duty.MIGRATE), platform.platform().signer());
    try (Connection control = platform.platform().as(Duty.CONTROL).getConnection()) {
      assertThat(Fingerprints.of(control, List.of(tenant)))
          .containsEntry(tenant, golden.fingerprint(tree.plan()));
    }
    new TenantMigration(platform.platform().as(Duty.MIGRATE), platform.platform().signer(), tree)
        .rollbackAll(tenant);
    assertThat(platform.versions()).containsExactly("|1");
  }

  @Test
  void whatProvesThatItMayStandsInNoText() throws Exception {
    FanOutPlatform platform = new FanOutPlatform();
    TenantId tenant = new TenantId(UUID.randomUUID());
    try (SchemaConnection connection =
        SchemaConnection.open(platform.platform().as(Duty.MIGRATE))) {
      String backend = connection.rows("select pg_backend_pid()").getFirst().getFirst();
      connection.send(SchemaText.open(tenant, Duration.ofSeconds(2), Duration.ofSeconds(10)));

      connection.enter(
          platform.platform().signer(), tenant, Duration.ofSeconds(10), Duration.ofSeconds(2));

      assertThat(platform.rows("select query from pg_stat_activity where pid = " + backend))
          .containsExactly("select tenantry_guard.enter($1, $2, $3, $4, $5, $6)");
      assertThat(connection.rows("select tenantry_guard.current_tenant()"))
          .containsExactly(List.of(tenant.value().toString()));
      connection.send("commit");
      assertThat(connection.rows("select current_setting('backtrace_functions')"))
          .containsExactly(List.of(""));
    }
  }

  private static MigrationRun up(FanOutPlatform platform, CompiledTree tree) {
    return platform
        .fanOut(tree)
        .runNow(MigrationRequest.up(), FanOutPlatform.TESTER, FanOutListener.NONE);
  }

  /** Two rows of the tenant's own, and one that should not be there: of nobody it knows. */
  private static void plant(FanOutPlatform platform, List<TenantId> tenants) throws SQLException {
    for (TenantId tenant : tenants) {
      platform.execute(
          "insert into %s.desk_rows values ('%s', 1, null), ('%s', 2, 'own'), ('%s', 3, null)"
              .formatted(
                  TenantNames.schema(tenant), tenant.value(), tenant.value(), UUID.randomUUID()));
    }
  }

  private static List<String> notes(FanOutPlatform platform, TenantId tenant) throws SQLException {
    return platform.rows(
        "select id, note from " + TenantNames.schema(tenant) + ".desk_rows order by id");
  }
}
