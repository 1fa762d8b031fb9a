package io.tenantry.bench.onboarding;

import io.tenantry.control.By;
import io.tenantry.control.PreparedTenants;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantSpec;
import io.tenantry.control.TenantStore;
import io.tenantry.migrations.provisioning.PreparedPool;
import io.tenantry.migrations.provisioning.Provisioner;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * How long it takes to make a tenant among few and among many, by the provisioner, from those made
 * ahead, and by others' means; and what those who read meanwhile feel of it. Settings are system
 * properties: {@code bench.tenants} ({@code 0,1000,10000}), {@code bench.samples} (30), {@code
 * bench.seconds} of each phase of reading (10), {@code bench.report}, a file.
 */
public final class OnboardingBench {

  private static final int WARM_UP = 5;
  private static final int READ_TENANTS = 20;
  private static final long BETWEEN = 10_000_000;
  private static final By BENCH = By.worker("bench");

  private final PooledPlatform platform;
  private final OtherWays ways;
  private final Provisioner provisioner;
  private final TenantStore tenants;
  private final int samples = Integer.getInteger("bench.samples", 30);
  private final Duration phase = Duration.ofSeconds(Integer.getInteger("bench.seconds", 10));
  private int made;

  private OnboardingBench(PooledPlatform platform, OtherWays ways) {
    this.platform = platform;
    this.ways = ways;
    this.provisioner = platform.provisioner();
    this.tenants = new TenantStore(platform.control());
  }

  /** Takes no arguments. */
  public static void main(String[] args) throws Exception {
    List<Integer> levels =
        Stream.of(System.getProperty("bench.tenants", "0,1000,10000").split(",", -1))
            .map(Integer::valueOf)
            .toList();
    Path report = Path.of(System.getProperty("bench.report", "build/reports/onboarding.json"));
    try (PooledPlatform platform = new PooledPlatform();
        OtherWays ways = new OtherWays(platform, TenantText.read())) {
      OnboardingBench bench = new OnboardingBench(platform, ways);
      List<Tenant> read = bench.warmUp();
      String version = Objects.requireNonNull(read.getFirst().schemaVersion());
      Report results = new Report(platform.server(), bench.samples);
      for (int level : levels) {
        new FastTenants(platform, ways).fillTo(level, version);
        results.add(level, bench.level(read.stream().map(Tenant::id).toList()));
        System.out.print(results.table());
      }
      results.write(report);
      System.out.println("Written to " + report);
    }
  }

  /** The tenants that are read later. */
  private List<Tenant> warmUp() throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      ways.rawDdl();
      ways.liquibase();
      ways.flyway();
    }
    List<Tenant> read = new ArrayList<>();
    for (int i = 0; i < READ_TENANTS; i++) {
      read.add(onboard());
    }
    fill(WARM_UP);
    for (int i = 0; i < WARM_UP; i++) {
      claim();
    }
    return read;
  }

  private Map<String, Samples> level(List<TenantId> read) throws Exception {
    Map<String, Samples> results = new LinkedHashMap<>();
    for (String name :
        List.of(
            "raw DDL",
            "provisioner",
            "liquibase",
            "flyway",
            "claim",
            "read alone",
            "read while provisioning",
            "read while making ahead",
            "read while claiming")) {
      results.put(name, new Samples());
    }
    // In turn, so that what else the machine does falls on all of them.
    for (int i = 0; i < samples; i++) {
      of(results, "raw DDL").time(ways::rawDdl);
      of(results, "provisioner").time(this::onboard);
      of(results, "liquibase").time(ways::liquibase);
      of(results, "flyway").time(ways::flyway);
    }
    fill(samples);
    for (int i = 0; i < samples; i++) {
      of(results, "claim").time(this::claim);
    }
    reads(new LiveReads(platform, read), results);
    return results;
  }

  private void reads(LiveReads reads, Map<String, Samples> results) throws Exception {
    for (int round = 0; round < 2; round++) {
      reads.during(phase, of(results, "read alone"), () -> LockSupport.parkNanos(BETWEEN));
      reads.during(phase, of(results, "read while provisioning"), this::onboard);
      PreparedPool ahead = platform.prepared(Integer.MAX_VALUE);
      reads.during(phase, of(results, "read while making ahead"), ahead::refill);
      // Spread over the phase: where there is none left, a tenant would be provisioned in it.
      AtomicInteger left = new AtomicInteger(new PreparedTenants(platform.control()).count());
      long pause = Math.max(BETWEEN, phase.toNanos() / Math.max(1, left.get()));
      reads.during(
          phase,
          of(results, "read while claiming"),
          () -> {
            if (left.getAndDecrement() > 0) {
              claimIfThere();
            }
            LockSupport.parkNanos(pause);
          });
      while (claimIfThere()) {
        // Those that are left would be claimed where the provisioner is measured.
      }
    }
  }

  private static Samples of(Map<String, Samples> results, String name) {
    return Objects.requireNonNull(results.get(name));
  }

  private void fill(int count) {
    int ready = platform.prepared(count).refill();
    if (ready != count) {
      throw new IllegalStateException(ready + " of " + count + " were made ahead.");
    }
  }

  private Tenant onboard() {
    return provisioner.provisionNow(slug(), "Bench");
  }

  private void claim() {
    if (!claimIfThere()) {
      throw new IllegalStateException("There was none to be claimed.");
    }
  }

  /** Carries out what could not be claimed. */
  private boolean claimIfThere() {
    TenantSpec spec = TenantSpec.of(new TenantSlug(slug()), "Bench");
    if (tenants.put(spec, null, true, BENCH).tenant().state() == TenantState.ACTIVE) {
      return true;
    }
    provisioner.runNext();
    return false;
  }

  private String slug() {
    return "bench-" + made++;
  }
}
