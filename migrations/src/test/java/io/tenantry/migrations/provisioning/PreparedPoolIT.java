package io.tenantry.migrations.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tenantry.control.By;
import io.tenantry.control.FencedTransaction;
import io.tenantry.control.LeaseLostException;
import io.tenantry.control.Operation;
import io.tenantry.control.OperationState;
import io.tenantry.control.OperationStep;
import io.tenantry.control.OperationStore;
import io.tenantry.control.PreparedTenants;
import io.tenantry.control.PutOutcome;
import io.tenantry.control.SchemaRegistry;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantSpec;
import io.tenantry.control.TenantStore;
import io.tenantry.control.catalog.CatalogLinter;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.AtOnce;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import io.tenantry.tenancy.finding.Finding;
import io.tenantry.tenancy.finding.FindingCode;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreparedPoolIT {

  private static final By ALICE = new By("alice", "req-1");
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final String LAST_CHANGESET = "access-tenant-0005-api-idempotency-keys";
  private static final AtomicInteger SLUGS = new AtomicInteger();

  private final TestPlatform platform = TestPlatform.installed("prepared_pool");
  private final DutyDataSource control = platform.as(Duty.CONTROL);
  private final TenantStore tenants = new TenantStore(control);
  private final OperationStore operations = new OperationStore(control);
  private final PreparedTenants prepared = new PreparedTenants(control);

  /** Not an exception: what a killed process leaves is what this leaves. */
  private static final class Killed extends Error {}

  @BeforeEach
  void takeWhatOthersLeft() throws SQLException {
    execute("update tenantry_control.prepared_tenants set lease_until = null");
    pool(0).refill();
    execute("update tenantry_control.prepared_tenants set claimable_until = now() + '1 h'");
    for (int i = prepared.count(); i > 0; i--) {
      put("taken-away").pending().ifPresent(_ -> assertThat(prepared.count()).isZero());
    }
    assertThat(prepared.count()).isZero();
  }

  @Test
  void aTenantMadeAheadIsActiveAtOnce() throws SQLException {
    assertThat(pool(1).refill()).isEqualTo(1);
    List<TenantId> ready = ids("READY");

    PutOutcome outcome = put("at-once");

    assertThat(outcome).isInstanceOf(PutOutcome.Created.class);
    assertThat(outcome.pending()).isEmpty();
    Tenant tenant = outcome.tenant();
    assertThat(ready).containsExactly(tenant.id());
    assertThat(tenant.state()).isEqualTo(TenantState.ACTIVE);
    assertThat(tenant.schemaVersion()).isEqualTo(LAST_CHANGESET);
    assertThat(tenants.findById(tenant.id())).contains(tenant);
    assertThat(prepared.count()).isZero();
    assertThat(platform.provisioner().runNext()).isFalse();
  }

  @Test
  void aClaimTellsTheWholeStory() throws SQLException {
    pool(1).refill();

    PutOutcome.Created created = (PutOutcome.Created) put("told");

    assertThat(platform.audit(created.tenant().id()))
        .containsExactly(
            "alice|tenant.create|req-1|null|PENDING",
            "alice|tenant.provisioning|req-1|PENDING|PROVISIONING",
            "alice|tenant.active|req-1|PROVISIONING|ACTIVE");
    Operation operation = operations.find(created.operation().id()).orElseThrow();
    assertThat(operation).isEqualTo(created.operation());
    assertThat(operation.state()).isEqualTo(OperationState.SUCCEEDED);
    assertThat(operation.requestedBy()).isEqualTo("alice");
    assertThat(operations.steps(operation.id()))
        .allSatisfy(step -> assertThat(step.state()).isEqualTo(OperationState.SUCCEEDED))
        .extracting(OperationStep::name)
        .containsExactly("made-ahead", "active");
    assertThat(operations.steps(operation.id()).getFirst().detail()).contains("out of reach");
  }

  @Test
  void aClaimChangesNoRoleAndNoSchema() throws SQLException {
    pool(1).refill();
    String catalog =
        "select (select json_agg(r order by r.oid)::text from pg_authid r),"
            + " (select json_agg(m order by m.oid)::text from pg_auth_members m),"
            + " (select json_agg(n order by n.oid)::text from pg_namespace n),"
            + " (select max(oid) from pg_class)";
    try (Connection superuser = platform.superuser()) {
      List<String> before = TestPlatform.rows(superuser, catalog);
      assertThat(put("no-role").pending()).isEmpty();
      assertThat(TestPlatform.rows(superuser, catalog)).isEqualTo(before);
    }
  }

  @Test
  void aClaimedTenantWorksAndItsNeighboursAreOutOfReach() {
    pool(2).refill();
    TenantId one = put("works").tenant().id();
    TenantId other = put("works-too").tenant().id();
    FencedTransaction runtime =
        new FencedTransaction(
            platform.as(Duty.APP), platform.signer(), Duration.ofSeconds(5), Duration.ofSeconds(2));
    NeighbourProof proof =
        new NeighbourProof(platform.as(Duty.MIGRATE), platform.as(Duty.APP), platform.signer());

    assertThat(proof.prove(one, Optional.of(other))).contains("out of reach");
    List<String> symbols =
        runtime.asTenant(
            one,
            "writing an order",
            connection -> {
              String orders = TenantNames.schema(one) + ".desk_orders";
              TestPlatform.execute(
                  connection,
                  "insert into %s (tenant_id, id, symbol, side, order_type, quantity)"
                          .formatted(orders)
                      + " values ('%s', '%s', 'X', 'BUY', 'MARKET', 1)"
                          .formatted(one.value(), UUID.randomUUID()));
              return TestPlatform.rows(connection, "select symbol from " + orders);
            });
    assertThat(symbols).containsExactly("X");
  }

  @Test
  void thePoolIsFilledToItsSizeAndNoFurther() {
    assertThat(pool(3).refill()).isEqualTo(3);
    assertThat(pool(3).refill()).as("those that an earlier process proved").isEqualTo(3);
    PreparedPool pool = pool(4);
    pool.refill();
    assertThat(pool.refill()).isZero();
    assertThat(prepared.count()).isEqualTo(4);
    assertThat(pool(0).refill()).isEqualTo(4);
    assertThat(prepared.count()).isEqualTo(4);
  }

  @Test
  void rolesOfABatchAreOneCommit() throws SQLException {
    pool(4).refill();
    try (Connection superuser = platform.superuser()) {
      assertThat(
              TestPlatform.rows(
                  superuser,
                  "select count(*), count(distinct r.xmin::text), count(distinct m.xmin::text)"
                      + " from tenantry_control.prepared_tenants p join pg_authid r"
                      + " on r.rolname = 'app_tenant_' || replace(p.tenant_id::text, '-', '')"
                      + " join pg_auth_members m on m.roleid = r.oid"
                      + " and m.member = 'tenantry_app'::regrole"))
          .containsExactly("4|1|1");
    }
  }

  @Test
  void whatIsNotAsItWasProvenIsNotGivenAway() throws SQLException {
    for (String change :
        List.of(
            "update tenantry_control.prepared_tenants set claimable_until = now()",
            "update tenantry_control.prepared_tenants set worker = 'x', lease_until = now()",
            "update tenantry_control.tenant_schemas s set version = 'other'"
                + " from tenantry_control.prepared_tenants p where p.tenant_id = s.tenant_id",
            "update tenantry_control.tenant_schemas s set drifted = true"
                + " from tenantry_control.prepared_tenants p where p.tenant_id = s.tenant_id",
            "update tenantry_control.tenant_schemas s set failed_changeset = 'x',"
                + " failed_run_id = gen_random_uuid()"
                + " from tenantry_control.prepared_tenants p where p.tenant_id = s.tenant_id")) {
      pool(1).refill();
      execute(change);
      PutOutcome outcome = put("old-way");
      assertThat(outcome.tenant().state()).as(change).isEqualTo(TenantState.PENDING);
      assertThat(outcome.pending()).as(change).isPresent();
      assertThat(prepared.count()).isEqualTo(1);
      execute(
          "update tenantry_control.tenant_schemas set drifted = false, failed_changeset = null,"
              + " failed_run_id = null");
      assertThat(pool(1).refill()).isEqualTo(1);
      assertThat(put("proven-again").pending()).as(change).isEmpty();
      assertThat(platform.provisioner().runNext()).isTrue();
    }
  }

  @Test
  void aChangeOfTheSchemaByOthersIsNotTakenBackInTheRegistry() throws SQLException {
    pool(1).refill();
    TenantId tenant = prepared.toBeProven("slow", LEASE.multipliedBy(60), 1, LEASE).getFirst();
    execute(
        "update tenantry_control.tenant_schemas s set version = 'newer' where s.tenant_id = '"
            + tenant.value()
            + "'");

    prepared.proven(tenant, "slow", LAST_CHANGESET, "older", "p", LEASE);

    assertThat(new SchemaRegistry(control).find(tenant).orElseThrow().version()).isEqualTo("newer");
    assertThat(put("not-yet").pending()).isPresent();
    assertThat(pool(1).refill()).isEqualTo(1);
    assertThat(put("proven-since").tenant().id()).isEqualTo(tenant);
    assertThat(platform.provisioner().runNext()).isTrue();
  }

  @Test
  void aHoleIsNotProvenAway() throws SQLException {
    execute("create policy hole on tenantry_api.api_isolation_probes using (true)");
    try {
      assertThat(pool(1).refill()).isZero();
      assertThat(ids("READY")).isEmpty();
      assertThat(put("not-through-the-hole").pending()).isPresent();
    } finally {
      execute("drop policy hole on tenantry_api.api_isolation_probes");
    }
    assertThat(pool(1).refill()).as("left alone for a minute").isZero();
    execute("update tenantry_control.prepared_tenants set lease_until = null");
    assertThat(pool(1).refill()).isEqualTo(1);
    assertThat(platform.provisioner().runNext()).isTrue();
  }

  @Test
  void manyWhoAskAtOnceGetEachTheirOwn() throws Exception {
    pool(5).refill();
    List<PutOutcome> outcomes =
        AtOnce.all(
            IntStream.range(0, 16)
                .<Callable<PutOutcome>>mapToObj(i -> () -> put("many-" + i))
                .toList());
    assertThat(outcomes)
        .filteredOn(outcome -> outcome.tenant().state() == TenantState.ACTIVE)
        .hasSize(5)
        .allSatisfy(outcome -> assertThat(outcome.pending()).isEmpty());
    assertThat(outcomes)
        .filteredOn(outcome -> outcome.tenant().state() == TenantState.PENDING)
        .hasSize(11)
        .allSatisfy(outcome -> assertThat(outcome.pending()).isPresent());
    assertThat(outcomes.stream().map(outcome -> outcome.tenant().id())).doesNotHaveDuplicates();
    assertThat(prepared.count()).isZero();
    // Both by the queue at once, as two instances would.
    Provisioner one = platform.provisioner();
    Provisioner two = platform.provisioner();
    AtOnce.all(List.of(() -> drained(one), () -> drained(two)));
    assertThat(outcomes)
        .allSatisfy(
            outcome -> {
              Tenant tenant = tenants.findById(outcome.tenant().id()).orElseThrow();
              assertThat(tenant.state()).isEqualTo(TenantState.ACTIVE);
              assertThat(platform.audit(tenant.id())).hasSize(3);
            });
  }

  @Test
  void manyWhoAskForTheSameTakeOne() throws Exception {
    pool(4).refill();
    TenantSpec spec = TenantSpec.of(new TenantSlug("the-same"), "The same");
    List<PutOutcome> outcomes =
        AtOnce.all(
            IntStream.range(0, 8)
                .<Callable<PutOutcome>>mapToObj(_ -> () -> tenants.put(spec, null, false, ALICE))
                .toList());
    Set<TenantId> made = new HashSet<>();
    outcomes.forEach(outcome -> made.add(outcome.tenant().id()));
    assertThat(made).hasSize(1);
    assertThat(outcomes).filteredOn(outcome -> outcome instanceof PutOutcome.Created).hasSize(1);
    if (outcomes.stream().allMatch(outcome -> outcome.pending().isEmpty())) {
      assertThat(prepared.count()).isEqualTo(3);
    } else {
      // The seven that lost may have held all there were while the eighth looked.
      assertThat(prepared.count()).isEqualTo(4);
      drained(platform.provisioner());
    }
  }

  @Test
  void twoThatFillAtOnceMakeNoMoreThanThereShouldBe() throws Exception {
    AtOnce.all(List.of(() -> pool(3).refill(), () -> pool(3).refill()));
    assertThat(ids("READY")).hasSize(3);
    assertThat(prepared.count()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(PreparedPool.Stage.class)
  void whatAKilledRefillLeavesIsTakenUpAgain(PreparedPool.Stage stage) throws SQLException {
    PreparedPool doomed =
        pool(
            1,
            SHORT,
            passed -> {
              if (passed == stage) {
                throw new Killed();
              }
            });
    assertThatThrownBy(doomed::refill).isInstanceOf(Killed.class);
    List<TenantId> left = ids("MAKING");
    left.addAll(ids("READY"));
    assertThat(left).hasSize(1);

    PreparedPool other = pool(1);
    await().atMost(PATIENCE).until(() -> other.refill() == 1);

    assertThat(ids("READY")).isEqualTo(left);
    assertThat(put("after-" + stage.name().toLowerCase(Locale.ROOT).replace('_', '-')).tenant())
        .satisfies(
            tenant -> {
              assertThat(tenant.state()).isEqualTo(TenantState.ACTIVE);
              assertThat(tenant.id()).isEqualTo(left.getFirst());
            });
    try (Connection connection = control.getConnection()) {
      assertThat(aboutTenants(connection)).isEmpty();
    }
  }

  @Test
  void whoLostItThrowsNothingAway() throws SQLException {
    List<TenantId> begun = prepared.begin("slow", 1, 1, SHORT);
    TenantId tenant = begun.getFirst();
    PreparedPool faster = pool(1);
    await().atMost(PATIENCE).until(() -> faster.refill() == 1);
    TenantRoles roles = new TenantRoles(platform.as(Duty.MIGRATE));

    assertThatThrownBy(() -> roles.createSchemaAnew(tenant, "slow"))
        .isInstanceOf(LeaseLostException.class);
    assertThatThrownBy(() -> prepared.proven(tenant, "slow", null, "v", "p", LEASE))
        .isInstanceOf(LeaseLostException.class);

    assertThat(put("not-thrown-away").tenant().id()).isEqualTo(tenant);
    try (Connection superuser = platform.superuser()) {
      assertThat(
              TestPlatform.rows(
                  superuser,
                  "select to_regclass('" + TenantNames.schema(tenant) + ".desk_orders') is null"))
          .containsExactly("f");
    }
  }

  @Test
  void aNameThatSomethingElseHasTakenKeepsTheOthersFromNothing() throws SQLException {
    List<TenantId> begun = prepared.begin("test", 2, 2, SHORT);
    String squatted = TenantNames.role(begun.getFirst());
    execute("create role " + squatted + " login");
    PreparedPool pool = pool(2);
    await().atMost(PATIENCE).until(() -> pool.refill() == 1);
    assertThat(ids("READY")).containsExactly(begun.getLast());
    execute("drop role " + squatted);
  }

  @Test
  void theLinterKnowsWhatIsMadeAheadAndStillFindsAnOrphan() throws SQLException {
    pool(2).refill();
    String schema = TenantNames.schema(ids("READY").getFirst());
    try (Connection connection = control.getConnection()) {
      assertThat(aboutTenants(connection)).isEmpty();
    }
    try (Connection superuser = platform.superuser()) {
      superuser.setAutoCommit(false);
      TestPlatform.execute(superuser, "delete from tenantry_control.prepared_tenants");
      assertThat(aboutTenants(superuser))
          .filteredOn(finding -> finding.object().equals(schema))
          .extracting(Finding::code)
          .containsExactly(FindingCode.TENANT_ORPHANED);
      superuser.rollback();
    }
  }

  private static List<Finding> aboutTenants(Connection connection) throws SQLException {
    return CatalogLinter.full(connection).stream()
        .filter(finding -> finding.object().contains("tenant_"))
        .toList();
  }

  private static boolean drained(Provisioner provisioner) {
    boolean any = false;
    while (provisioner.runNext()) {
      any = true;
    }
    return any;
  }

  private PutOutcome put(String slug) {
    TenantSlug unique = new TenantSlug(slug + "-" + SLUGS.incrementAndGet());
    return tenants.put(TenantSpec.of(unique, slug), null, false, ALICE);
  }

  private PreparedPool pool(int size) {
    return PlatformSetup.prepared(platform.address(), platform.credentials(), size);
  }

  private PreparedPool pool(int size, Duration lease, PreparedPool.Watcher watcher) {
    return new PreparedPool(
        control,
        platform.as(Duty.MIGRATE),
        platform.as(Duty.APP),
        platform.signer(),
        size,
        lease,
        watcher);
  }

  private List<TenantId> ids(String state) throws SQLException {
    try (Connection superuser = platform.superuser()) {
      return new ArrayList<>(
          TestPlatform.rows(
                  superuser,
                  "select tenant_id from tenantry_control.prepared_tenants where state = '"
                      + state
                      + "' order by 1")
              .stream()
              .map(TenantId::parse)
              .toList());
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection superuser = platform.superuser()) {
      TestPlatform.execute(superuser, sql);
    }
  }
}
