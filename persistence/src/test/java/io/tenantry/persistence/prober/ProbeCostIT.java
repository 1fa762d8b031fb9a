package io.tenantry.persistence.prober;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.persistence.Serving;
import io.tenantry.persistence.TestPlatform;
import io.tenantry.persistence.prober.ProbeResult.Outcome;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testkit.ProtocolProxy;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a look costs at the database, counted on the wire. */
class ProbeCostIT {

  @Test
  void aLookTakesOneConnectionAndAKnownNumberOfRoundTrips() {
    TestPlatform platform = TestPlatform.install("probe_cost");
    TenantId first = platform.tenant("first");
    TenantId second = platform.tenant("second");
    DatabaseAddress real = platform.address();
    try (ProtocolProxy proxy = ProtocolProxy.open(real.host(), real.port());
        Serving serving =
            Serving.start(
                new DatabaseAddress(proxy.host(), proxy.port(), real.database(), "disable"),
                platform.credentials(),
                Map.of("tenantry.pool.size", "1"))) {
      IsolationProber prober = serving.bean(IsolationProber.class);
      Awaitility.await().until(() -> prober.lookAtPair(first, second).outcome() == Outcome.CLEAN);
      Awaitility.await()
          .untilAsserted(
              () -> {
                proxy.reset();
                assertThat(prober.lookAtPair(first, second).outcome()).isEqualTo(Outcome.CLEAN);
                // A cut that comes before the slow statement leaves out its round trip.
                assertThat(proxy.traffic().roundTrips()).isBetween(88, 96);
              });
    }
  }
}
