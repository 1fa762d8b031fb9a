package io.tenantry.api.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.api.isolation.IsolationState.Check;
import io.tenantry.api.isolation.IsolationState.Look;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.finding.Finding;
import io.tenantry.tenancy.finding.FindingCode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IsolationStateTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final TenantId ACME = new TenantId(UUID.randomUUID());
  private static final Finding LEAK =
      new Finding(FindingCode.FOREIGN_ROW_VISIBLE, "tenantry_api.things", "A row.");
  private static final Look CLEAN = new Look(NOW, List.of());
  private static final Look LEAKING = new Look(NOW.plusSeconds(1), List.of(LEAK));

  private final IsolationState state = new IsolationState();

  @BeforeEach
  void bothChecksAreClean() {
    state.saw(Check.CATALOG, CLEAN);
    state.saw(Check.PROBER, CLEAN);
  }

  @Test
  void whatIsSeenFromInsideOneTenantCountsToWhatTheProberSawAndOutlastsItsNextLook() {
    state.sawInside(ACME, LEAKING);
    assertThat(state.safe()).isFalse();
    assertThat(state.last(Check.PROBER)).contains(LEAKING);
    state.saw(Check.PROBER, CLEAN);
    assertThat(state.safe()).isFalse();
    assertThat(state.suspects()).containsExactly(ACME);
  }

  @Test
  void anotherLookFromInsideTakesItBack() {
    state.sawInside(ACME, LEAKING);
    state.sawInside(ACME, CLEAN);
    assertThat(state.safe()).isTrue();
    assertThat(state.last(Check.PROBER)).contains(CLEAN);
  }

  @Test
  void aTenantThatIsGoneIsForgotten() {
    state.sawInside(ACME, LEAKING);
    state.forget(ACME);
    assertThat(state.safe()).isTrue();
  }

  @Test
  void nothingIsSafeBeforeTheCatalogWasSeen() {
    IsolationState fresh = new IsolationState();
    fresh.saw(Check.PROBER, CLEAN);
    assertThat(fresh.seen()).isFalse();
    assertThat(fresh.safe()).isFalse();
    fresh.saw(Check.CATALOG, LEAKING);
    assertThat(fresh.seen()).isTrue();
    assertThat(fresh.safe()).isFalse();
    fresh.saw(Check.CATALOG, CLEAN);
    assertThat(fresh.safe()).isTrue();
  }

  @Test
  void looksThatEndAtTheSameTimeAreAllRemembered() {
    List<TenantId> tenants =
        Stream.generate(() -> new TenantId(UUID.randomUUID())).limit(200).toList();
    try (ExecutorService lookers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (TenantId tenant : tenants) {
        lookers.execute(() -> state.sawInside(tenant, LEAKING));
        lookers.execute(() -> state.saw(Check.PROBER, CLEAN));
      }
    }
    assertThat(state.suspects()).containsExactlyInAnyOrderElementsOf(tenants);
  }
}
