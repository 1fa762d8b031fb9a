package io.tenantry.migrations.fanout;

import io.tenantry.control.MigrationTask;
import io.tenantry.control.WaitingTenant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Decides who comes when: canaries, then waves that grow. Stateless. */
final class Waves {

  private static final int ALL = 100;

  private Waves() {}

  /**
   * Gives each its wave, in the order of the list.
   *
   * @param first the number of the first wave
   * @param named whether the canaries were named, and are the first wave by themselves
   */
  static List<MigrationTask> assign(
      List<WaitingTenant> tenants,
      int first,
      boolean named,
      List<Integer> percents,
      Function<WaitingTenant, String> target) {
    int canaries = named ? (int) tenants.stream().filter(WaitingTenant::canary).count() : 0;
    int rest = tenants.size() - canaries;
    List<MigrationTask> tasks = new ArrayList<>();
    for (int i = 0; i < tenants.size(); i++) {
      WaitingTenant tenant = tenants.get(i);
      int wave = i < canaries ? 0 : wave(i - canaries, rest, percents) + (canaries > 0 ? 1 : 0);
      tasks.add(
          new MigrationTask(
              tenant.tenant(), first + wave, tenant.version(), target.apply(tenant), 0));
    }
    return tasks;
  }

  private static int wave(int position, int all, List<Integer> percents) {
    for (int wave = 0; wave < percents.size(); wave++) {
      // At least one in the first.
      if (position < Math.ceilDiv((long) all * percents.get(wave), ALL)) {
        return wave;
      }
    }
    return percents.size() - 1;
  }
}
