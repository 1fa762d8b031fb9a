package io.tenantry.migrations.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.control.By;
import io.tenantry.control.OperationStore;
import io.tenantry.control.PutOutcome;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantClients;
import io.tenantry.control.TenantDirectory;
import io.tenantry.control.TenantSpec;
import io.tenantry.control.TenantStore;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.Canaries;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The two tenants of the platform's own. */
class CanariesIT {

  private static final TestPlatform PLATFORM = TestPlatform.installed("canaries");
  private static final By BY = new By("somebody", null);

  private final TenantStore tenants = new TenantStore(PLATFORM.as(Duty.CONTROL));

  @Test
  void theyAreMadeByTheStepsOfEveryTenantAndTheSecondTimeNothingHappens() {
    PLATFORM.provisioner().provisionCanaries();
    List<TenantId> made = canaries().stream().map(Tenant::id).toList();
    assertThat(canaries()).extracting(Tenant::state).containsOnly(TenantState.ACTIVE);
    PlatformSetup.canaries(PLATFORM.address(), PLATFORM.credentials());
    assertThat(canaries()).extracting(Tenant::id).isEqualTo(made);
    PutOutcome again = tenants.putCanary(Canaries.A, BY);
    assertThat(again.pending()).isEmpty();
    assertThat(again.tenant().id()).isEqualTo(made.getFirst());
    assertThat(
            new OperationStore(PLATFORM.as(Duty.CONTROL)).claimNext("none", Duration.ofSeconds(5)))
        .isEmpty();
  }

  @Test
  void noListAndNoSlugLeadsToThem() {
    PLATFORM.provisioner().provisionCanaries();
    Tenant ordinary = PLATFORM.provisioner().provisionNow("ordinary", "Ordinary");
    assertThat(tenants.page(200, null)).containsExactly(ordinary);
    assertThat(Canaries.PAIR).allMatch(slug -> tenants.findBySlug(slug).isEmpty());
    try (TenantDirectory directory =
        new TenantDirectory(
            PLATFORM.as(Duty.CONTROL), Duration.ofSeconds(1), InstantSource.system())) {
      directory.refresh();
      assertThat(directory.all()).containsExactly(ordinary);
      assertThat(directory.size()).isOne();
      assertThat(directory.count(TenantState.ACTIVE)).isOne();
      assertThat(canaries()).allMatch(canary -> directory.find(canary.id()).isEmpty());
      assertThat(directory.canaries()).isEqualTo(canaries());
    }
  }

  @Test
  void nobodyChangesThemOrGetsClientsForThem() {
    PLATFORM.provisioner().provisionCanaries();
    TenantClients clients = new TenantClients(PLATFORM.as(Duty.CONTROL));
    for (TenantSlug canary : Canaries.PAIR) {
      TenantSpec suspend = new TenantSpec(canary, null, null, null, null, true, null, null);
      refused(ErrorCode.SLUG_RESERVED, () -> tenants.put(suspend, null, false, BY));
      refused(
          ErrorCode.SLUG_RESERVED,
          () -> tenants.put(TenantSpec.of(canary, "Mine"), null, true, BY));
      refused(ErrorCode.NOT_FOUND, () -> clients.page(canary, 1, null));
      refused(
          ErrorCode.NOT_FOUND,
          () -> clients.create(canary, "a-client", "hash", Set.of("tenant:read"), BY));
    }
    assertThat(canaries()).extracting(Tenant::state).containsOnly(TenantState.ACTIVE);
  }

  @Test
  void onlyTheirOwnSlugsAreMadeThisWay() {
    assertThatThrownBy(() -> tenants.putCanary(new TenantSlug("canary-c"), BY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(tenants.findCanary(new TenantSlug("ordinary"))).isEmpty();
  }

  @Test
  void aProvisionerThatStartsMakesThem() {
    TestPlatform fresh = TestPlatform.installed("canaries_of_loop");
    TenantStore store = new TenantStore(fresh.as(Duty.CONTROL));
    try (ProvisionerLoop loop =
        new ProvisionerLoop(fresh.provisioner(), Duration.ofMillis(50), true)) {
      loop.start();
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .until(
              () ->
                  Canaries.PAIR.stream()
                      .allMatch(
                          slug ->
                              store
                                  .findCanary(slug)
                                  .filter(t -> t.state() == TenantState.ACTIVE)
                                  .isPresent()));
    }
  }

  private List<Tenant> canaries() {
    return Canaries.PAIR.stream().map(slug -> tenants.findCanary(slug).orElseThrow()).toList();
  }

  private static void refused(ErrorCode code, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(TenantryException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
