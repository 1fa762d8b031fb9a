package io.tenantry.migrations.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tenantry.control.ControlException;
import io.tenantry.control.FencedTransaction;
import io.tenantry.control.catalog.Fingerprints;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.migrations.plan.ChangeSet;
import io.tenantry.migrations.plan.Plan;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class GoldenSchemasIT {

  private static final String LEFT =
      """
      select (select count(*) from pg_roles), (select count(*) from pg_namespace),
        (select count(*) from pg_class where relname = 'desk_orders'),
        (select count(*) from pg_auth_members),
        (select count(*) from pg_shdepend d where d.classid = 'pg_class'::regclass)
      """;

  /** That tenant was made by stock Liquibase. */
  @Test
  void isWhatLiquibaseMakesInADisposableDatabase() throws SQLException {
    TestPlatform disposable = TestPlatform.installed("disposable");
    TenantId tenant = disposable.provisioner().provisionNow("stock", "Stock").id();
    String golden = Drifting.GOLDEN.fingerprint(Drifting.PLAN);
    try (Connection control = disposable.as(Duty.CONTROL).getConnection()) {
      assertThat(Fingerprints.of(control, List.of(tenant))).containsEntry(tenant, golden);
      assertThat(Fingerprints.describe(control, TenantNames.schema(tenant)))
          .isEqualTo(Drifting.GOLDEN.objects(Drifting.PLAN));
    }
  }

  @Test
  void everyVersionHasOneOfItsOwnAndAnEmptyOneToo() {
    List<String> fingerprints = new ArrayList<>();
    for (int count = 0; count <= Drifting.PLAN.changeSets().size(); count++) {
      fingerprints.add(Drifting.GOLDEN.fingerprint(Drifting.PLAN.first(count)));
    }
    // The first changeset changes Liquibase's own table alone.
    assertThat(fingerprints.get(0)).isEqualTo(fingerprints.get(1));
    assertThat(fingerprints.stream().skip(1)).doesNotHaveDuplicates();
  }

  @Test
  void nothingIsLeftBehindAlsoWhenAChangesetFails() throws SQLException {
    try (Connection superuser = Drifting.PLATFORM.superuser()) {
      GoldenSchemas golden =
          new GoldenSchemas(Drifting.PLATFORM.as(Duty.MIGRATE), Drifting.PLATFORM.signer());
      List<String> before = TestPlatform.rows(superuser, LEFT);
      golden.fingerprint(Drifting.PLAN);
      Plan broken = with(PlantedDriftIT.change("broken", "create table nowhere.t ()", true));
      assertThat(catchThrowable(() -> golden.fingerprint(broken)))
          .isInstanceOfSatisfying(
              ControlException.class, e -> assertThat(e.sqlState()).isEqualTo("3F000"));
      assertThat(TestPlatform.rows(superuser, LEFT)).isEqualTo(before);
    }
  }

  @Test
  void anIndexThatIsBuiltConcurrentlyIsTheSameAsAPlainOne() {
    String index = "create index concurrently more_idx on desk_orders (tenant_id, side)";
    Plan apart = with(PlantedDriftIT.change("apart", index, false));
    Plan plain = with(PlantedDriftIT.change("plain", index.replace(" concurrently", ""), true));
    assertThat(Drifting.GOLDEN.fingerprint(apart))
        .isEqualTo(Drifting.GOLDEN.fingerprint(plain))
        .isNotEqualTo(Drifting.GOLDEN.fingerprint(Drifting.PLAN));
  }

  /** Another session neither sees it nor waits for it. */
  @Test
  void tenantsAreServedWhileItIsMade() throws Exception {
    FencedTransaction fenced =
        new FencedTransaction(
            Drifting.PLATFORM.as(Duty.APP),
            Drifting.PLATFORM.signer(),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2));
    AtomicBoolean done = new AtomicBoolean();
    Callable<Integer> requests =
        () -> {
          int served = 0;
          while (!done.get() || served == 0) {
            served +=
                fenced.asTenant(
                    Drifting.ACME,
                    "writing",
                    connection -> {
                      TestPlatform.execute(
                          connection,
                          Drifting.named("lock table <acme>.desk_orders in row exclusive mode"));
                      TestPlatform.rows(
                          connection, Drifting.named("select count(*) from <acme>.desk_orders"));
                      return 1;
                    });
          }
          return served;
        };
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<Integer> served = thread.submit(requests);
      try {
        for (int i = 0; i < 3; i++) {
          new GoldenSchemas(Drifting.PLATFORM.as(Duty.MIGRATE), Drifting.PLATFORM.signer())
              .fingerprint(Drifting.PLAN);
        }
      } finally {
        done.set(true);
      }
      assertThat(served.get()).isPositive();
    }
  }

  private static Plan with(ChangeSet last) {
    List<ChangeSet> changes = new ArrayList<>(Drifting.PLAN.changeSets());
    changes.add(last);
    return new Plan(changes);
  }
}
