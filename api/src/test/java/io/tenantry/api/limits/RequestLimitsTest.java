package io.tenantry.api.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bucket4j.TimeMeter;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantEnd;
import io.tenantry.control.TenantLimits;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RequestLimitsTest {

  private static final TenantId ACME = new TenantId(UUID.randomUUID());
  private static final TenantId GLOBEX = new TenantId(UUID.randomUUID());

  private final AtomicLong nanos = new AtomicLong();
  private final RequestLimits limits =
      new RequestLimits(new LimitsSettings(10, 20, 6), new SettableTime(nanos));

  @Test
  void whoNamesNoLimitsHasThePlatformsAndNobodyPaysForAnother() {
    assertThat(taken(tenant(ACME, null, null), 100)).isEqualTo(20);
    assertThat(taken(tenant(GLOBEX, null, null), 100)).isEqualTo(20);
  }

  @Test
  void anOwnLimitGoesBeforeThePlatformsEachForItself() {
    assertThat(taken(tenant(ACME, 5, null), 100)).isEqualTo(20);
    assertThat(taken(tenant(GLOBEX, null, 3), 100)).isEqualTo(3);
    pass(Duration.ofSeconds(1));
    assertThat(taken(tenant(ACME, 5, null), 100)).isEqualTo(5);
    assertThat(taken(tenant(GLOBEX, null, 3), 100)).isEqualTo(3);
  }

  @Test
  void aChangedLimitIsInForceAtOnceAndWhatWasTakenStaysTaken() {
    assertThat(taken(tenant(ACME, 10, 20), 15)).isEqualTo(15);
    assertThat(taken(tenant(ACME, 10, 50), 100)).isEqualTo(35);
    assertThat(taken(tenant(ACME, 10, 8), 100)).isZero();
    pass(Duration.ofSeconds(60));
    assertThat(taken(tenant(ACME, 10, 8), 100)).isEqualTo(8);
    pass(Duration.ofSeconds(1));
    // Changed to and fro, nothing is won.
    for (int i = 0; i < 10; i++) {
      taken(tenant(ACME, 1, 8), 1);
      taken(tenant(ACME, 2, 8), 1);
    }
    assertThat(taken(tenant(ACME, 1, 8), 100)).isZero();
  }

  @Test
  void whatIsForgottenIsFullAgain() {
    Tenant slow = tenant(ACME, 1, 60);
    assertThat(taken(slow, 100)).isEqualTo(60);
    for (int i = 0; i < 500; i++) {
      limits.take(tenant(new TenantId(UUID.randomUUID()), null, null));
    }
    assertThat(limits.size()).isEqualTo(501);
    pass(Duration.ofSeconds(30));
    assertThat(limits.size()).isEqualTo(1);
    assertThat(taken(slow, 100)).isEqualTo(30);
    pass(Duration.ofSeconds(62));
    assertThat(limits.size()).isZero();
    assertThat(taken(slow, 100)).isEqualTo(60);
  }

  @Test
  void aRefusalSaysTheLimitAndWhenToComeAgain() {
    Tenant tenant = tenant(ACME, 2, 5);
    taken(tenant, 5);
    RequestRefusal refusal = limits.take(tenant).orElseThrow();
    assertThat(refusal.failure().retryAfterSeconds()).isEqualTo(1);
    assertThat(refusal.policy()).isEqualTo("\"tenant\";q=5;w=3");
    assertThat(refusal.limit()).isEqualTo("\"tenant\";r=0;t=1");
  }

  @Test
  void theSettingsHaveTheirDefaultsAndTheirPlaces() {
    assertThat(bind(Map.of())).isEqualTo(new LimitsSettings(1_000, 2_000, 6));
    assertThat(
            bind(
                Map.of(
                    "tenantry.limits.requests-per-second", "1",
                    "tenantry.limits.burst", "2",
                    "tenantry.limits.max-connections", "3")))
        .isEqualTo(new LimitsSettings(1, 2, 3));
  }

  @ParameterizedTest
  @CsvSource({
    "requests-per-second, 0",
    "requests-per-second, 1000001",
    "burst, 0",
    "burst, 10000001",
    "max-connections, 0",
    "max-connections, 1001"
  })
  void aSettingOutOfItsRangeIsRefusedByName(String name, String value) {
    String full = "tenantry.limits." + name;
    assertThatThrownBy(() -> bind(Map.of(full, value)))
        .isInstanceOf(BindException.class)
        .rootCause()
        .hasMessageStartingWith(full + " is " + value);
  }

  private static LimitsSettings bind(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("tenantry.limits", LimitsSettings.class);
  }

  private int taken(Tenant tenant, int tries) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += limits.take(tenant).isEmpty() ? 1 : 0;
    }
    return taken;
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static Tenant tenant(
      TenantId id, @Nullable Integer requestsPerSecond, @Nullable Integer burst) {
    return new Tenant(
        id,
        new TenantSlug("some-tenant"),
        "Some",
        "standard",
        Map.of(),
        new TenantLimits(requestsPerSecond, burst, null),
        TenantState.ACTIVE,
        false,
        true,
        30,
        null,
        null,
        TenantEnd.NONE,
        1,
        1,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  private record SettableTime(AtomicLong nanos) implements TimeMeter {

    @Override
    public long currentTimeNanos() {
      return nanos.get();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
