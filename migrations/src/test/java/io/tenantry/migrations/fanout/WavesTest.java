package io.tenantry.migrations.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.MigrationTask;
import io.tenantry.control.WaitingTenant;
import io.tenantry.tenancy.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WavesTest {

  private static final List<Integer> PERCENTS = List.of(1, 10, 40, 100);

  @Test
  void wavesGrowToThePercentagesAndTheFirstHasOneAtLeast() {
    assertThat(sizes(1000, 0)).isEqualTo(Map.of(0, 10, 1, 90, 2, 300, 3, 600));
    assertThat(sizes(3, 0)).isEqualTo(Map.of(0, 1, 2, 1, 3, 1));
    assertThat(sizes(1, 0)).isEqualTo(Map.of(0, 1));
    assertThat(sizes(0, 0)).isEmpty();
  }

  @Test
  void namedCanariesAreTheFirstWaveByThemselves() {
    assertThat(sizes(102, 2)).isEqualTo(Map.of(0, 2, 1, 1, 2, 9, 3, 30, 4, 60));
    assertThat(sizes(2, 2)).isEqualTo(Map.of(0, 2));
  }

  private static Map<Integer, Integer> sizes(int tenants, int canaries) {
    List<WaitingTenant> waiting = new ArrayList<>();
    for (int i = 0; i < tenants; i++) {
      waiting.add(new WaitingTenant(new TenantId(new UUID(1, i)), "a", i < canaries, null));
    }
    Map<Integer, Integer> sizes = new TreeMap<>();
    for (MigrationTask task : Waves.assign(waiting, 0, canaries > 0, PERCENTS, _ -> "b")) {
      sizes.merge(task.wave(), 1, Integer::sum);
    }
    return sizes;
  }
}
