package io.tenantry.api.isolation;

import io.tenantry.api.isolation.IsolationState.Look;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantDirectory;
import io.tenantry.persistence.prober.IsolationProber;
import io.tenantry.persistence.prober.ProbeResult;
import io.tenantry.persistence.prober.ProbeResult.Outcome;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.finding.Finding;
import io.tenantry.tenancy.finding.FindingCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks from inside single tenants, and has what is seen there count for the whole instance: walls
 * that are open for one tenant are open. Thread-safe; blocks on the database.
 */
@Component
class InsideLooks {

  private static final Logger LOG = LoggerFactory.getLogger(InsideLooks.class);

  private final IsolationProber prober;
  private final TenantDirectory directory;
  private final IsolationState state;

  InsideLooks(IsolationProber prober, TenantDirectory directory, IsolationState state) {
    this.prober = prober;
    this.directory = directory;
    this.state = state;
  }

  ProbeResult look(Tenant tenant) {
    if (!tenant.state().inPlace()) {
      return new ProbeResult(List.of(), "The tenant is " + tenant.state() + ".");
    }
    List<Tenant> canaries = directory.canaries();
    if (canaries.isEmpty()) {
      return new ProbeResult(List.of(), "There is no canary whose rows could be looked for.");
    }
    ProbeResult result = prober.lookInside(tenant.id(), canaries.getFirst().id());
    note(tenant.id(), result);
    return result;
  }

  /** Looks again where something unsafe was seen, so that what was mended is served again. */
  void again() {
    for (TenantId id : state.suspects()) {
      Optional<Tenant> there = directory.find(id).filter(one -> one.state().inPlace());
      if (there.isPresent()) {
        look(there.get());
      } else {
        state.forget(id);
      }
    }
  }

  /** What kept it from looking takes no word back. */
  private void note(TenantId tenant, ProbeResult result) {
    if (result.outcome() == Outcome.SKIPPED) {
      return;
    }
    boolean known = state.suspects().contains(tenant);
    Look look = new Look(Instant.now(), result.findings().stream().filter(this::open).toList());
    state.sawInside(tenant, look);
    if (!look.safe() && !known) {
      LOG.error(
          "From inside tenant {} tenants are not kept apart; this instance serves none of them: {}",
          tenant,
          codes(result));
    } else if (!result.findings().isEmpty() && !known) {
      LOG.error("Tenant {} is not as it must be: {}", tenant, codes(result));
    } else if (look.safe() && known) {
      LOG.info("From inside tenant {} nothing unsafe is seen any more.", tenant);
    }
  }

  /** Who is not let in at all is kept from its own rows, and opens nobody else's. */
  private boolean open(Finding finding) {
    return finding.unsafe() && finding.code() != FindingCode.CAPABILITY_REFUSED;
  }

  private static List<String> codes(ProbeResult result) {
    return result.findings().stream().map(one -> one.code().id()).distinct().toList();
  }
}
