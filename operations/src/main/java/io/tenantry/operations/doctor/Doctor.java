package io.tenantry.operations.doctor;

import io.tenantry.control.ControlException;
import io.tenantry.control.FencedTransaction;
import io.tenantry.control.catalog.CatalogScan;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.operations.platform.Platform;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.finding.EntryRefusal;
import io.tenantry.tenancy.finding.Finding;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at a platform from outside of every instance: at the catalog as the monitor, at each login
 * as itself, and into a tenant as a runtime login does. Changes nothing. Blocks on the database.
 */
public final class Doctor {

  private static final String APPLICATION = "tenantry-doctor";
  private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(5);
  private static final Duration ENTRY_TIMEOUT = Duration.ofSeconds(5);

  private final Platform platform;

  public Doctor(Platform platform) {
    this.platform = platform;
  }

  /**
   * Everything that is not as it must be, in a fixed order.
   *
   * @param quick whether tenants' schemas are left out
   * @throws TenantryException when the database is away, or a login or key is not to be had
   * @throws ControlException when it answers something that nobody expected
   */
  public List<Finding> look(boolean quick) {
    CatalogScan catalog = new CatalogScan(source(Duty.MONITOR));
    List<Finding> findings =
        new ArrayList<>(quick ? catalog.quick() : catalog.full(STATEMENT_TIMEOUT));
    if (!quick) {
      // The monitor's login may not read the directory.
      findings.addAll(new CatalogScan(source(Duty.CONTROL)).orphans());
    }
    LoginProbe logins = new LoginProbe(quick);
    for (Duty duty : List.of(Duty.APP, Duty.CONTROL)) {
      findings.addAll(logins.findings(source(duty), duty));
    }
    ClockProbe.finding(source(Duty.MONITOR)).ifPresent(findings::add);
    // The monitor reads no table of the platform.
    CatalogScan registry = new CatalogScan(source(Duty.CONTROL));
    findings.addAll(registry.drifted());
    entry(registry.tenantsInPlace()).ifPresent(findings::add);
    return List.copyOf(findings);
  }

  /** One tenant whose role alone is broken says nothing about the platform. */
  private Optional<Finding> entry(List<TenantId> tenants) {
    Optional<Finding> refused = Optional.empty();
    for (TenantId tenant : tenants) {
      refused = entry(tenant);
      if (refused.isEmpty()) {
        return refused;
      }
    }
    return refused;
  }

  private Optional<Finding> entry(TenantId tenant) {
    CapabilitySigner signer =
        new CapabilitySigner(
            platform.credentials()::capabilityKey,
            InstantSource.system(),
            platform.capabilityLifetime(),
            platform.address().database());
    try {
      new FencedTransaction(source(Duty.APP), signer, ENTRY_TIMEOUT, ENTRY_TIMEOUT)
          .asTenant(tenant, "entering a tenant", connection -> true);
      return Optional.empty();
    } catch (ControlException e) {
      if (!EntryRefusal.is(e.sqlState())) {
        throw e;
      }
      return Optional.of(EntryRefusal.finding(e.sqlState()));
    }
  }

  private DutyDataSource source(Duty duty) {
    return new DutyDataSource(platform.address(), platform.credentials(), duty, APPLICATION);
  }
}
