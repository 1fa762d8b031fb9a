package io.tenantry.api.isolation;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.finding.Finding;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The last findings of each check. Nothing is served before the catalog was looked at once, nor
 * while any check's last word is an unsafe finding: a check that cannot look any more does not take
 * its word back. A tenant that was looked at from inside, and is not as it must be, counts to what
 * the prober saw until another look inside it finds nothing. Thread-safe.
 */
@Component
public class IsolationState {

  /** Who looks. */
  public enum Check {
    /** At the catalog, at the start and again and again. */
    CATALOG,
    /** At live connections, through the pool. */
    PROBER
  }

  /**
   * One look.
   *
   * @param at when it ended
   * @param findings empty when all was as it must be
   */
  public record Look(Instant at, List<Finding> findings) {

    public Look {
      findings = List.copyOf(findings);
    }

    public boolean safe() {
      return findings.stream().noneMatch(Finding::unsafe);
    }
  }

  /**
   * What all checks saw; never changed, so that each request reads it without waiting.
   *
   * @param suspects what was seen from inside the tenants that are not as they must be
   * @param seen whether the catalog was looked at
   * @param safe whether requests may be served
   */
  private record Known(
      Map<Check, Look> looks, Map<TenantId, Look> suspects, boolean seen, boolean safe) {

    static Known of(Map<Check, Look> looks, Map<TenantId, Look> suspects) {
      boolean seen = looks.containsKey(Check.CATALOG);
      boolean safe = seen && suspects.isEmpty() && looks.values().stream().allMatch(Look::safe);
      return new Known(Map.copyOf(looks), Map.copyOf(suspects), seen, safe);
    }
  }

  private volatile Known known = Known.of(Map.of(), Map.of());

  /** Remembers what a check saw, in place of what it saw before. */
  public synchronized void saw(Check check, Look look) {
    Map<Check, Look> looks = new HashMap<>(known.looks());
    looks.put(check, look);
    known = Known.of(looks, known.suspects());
  }

  /** Remembers what was seen from inside one tenant, in place of what was seen there before. */
  synchronized void sawInside(TenantId tenant, Look look) {
    Map<TenantId, Look> suspects = new HashMap<>(known.suspects());
    if (look.safe()) {
      suspects.remove(tenant);
    } else {
      suspects.put(tenant, look);
    }
    known = Known.of(known.looks(), suspects);
  }

  /** The tenants from inside which something unsafe was seen. */
  Set<TenantId> suspects() {
    return known.suspects().keySet();
  }

  /** Forgets what was seen from inside a tenant that is no longer there. */
  synchronized void forget(TenantId tenant) {
    Map<TenantId, Look> suspects = new HashMap<>(known.suspects());
    suspects.remove(tenant);
    known = Known.of(known.looks(), suspects);
  }

  /** The check's last look, empty when it has not looked yet. */
  public Optional<Look> last(Check check) {
    Known now = known;
    Look own = now.looks().get(check);
    return check == Check.PROBER && !now.suspects().isEmpty()
        ? Optional.of(withSuspects(own, now.suspects().values()))
        : Optional.ofNullable(own);
  }

  private static Look withSuspects(@Nullable Look own, Collection<Look> suspects) {
    Set<Finding> findings = new LinkedHashSet<>();
    Instant at = own == null ? Instant.MIN : own.at();
    if (own != null) {
      findings.addAll(own.findings());
    }
    for (Look inside : suspects) {
      findings.addAll(inside.findings());
      at = inside.at().isAfter(at) ? inside.at() : at;
    }
    return new Look(at, List.copyOf(findings));
  }

  /**
   * Whether the catalog was looked at. Before that nothing is known, mostly because the database is
   * away; nothing may be served, and a request is answered as for a database that is away.
   */
  public boolean seen() {
    return known.seen();
  }

  /** Whether requests may be served. */
  public boolean safe() {
    return known.safe();
  }
}
