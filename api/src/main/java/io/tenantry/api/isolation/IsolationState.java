package io.tenantry.api.isolation;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.finding.Finding;
import java.time.Instant;
import java.util.EnumMap;
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

  private final Map<Check, Look> looks = new EnumMap<>(Check.class);
  private final Map<TenantId, Look> suspects = new HashMap<>();

  /** Remembers what a check saw, in place of what it saw before. */
  public synchronized void saw(Check check, Look look) {
    looks.put(check, look);
  }

  /** Remembers what was seen from inside one tenant, in place of what was seen there before. */
  synchronized void sawInside(TenantId tenant, Look look) {
    if (look.safe()) {
      suspects.remove(tenant);
    } else {
      suspects.put(tenant, look);
    }
  }

  /** The tenants from inside which something unsafe was seen. */
  synchronized Set<TenantId> suspects() {
    return Set.copyOf(suspects.keySet());
  }

  /** Forgets what was seen from inside a tenant that is no longer there. */
  synchronized void forget(TenantId tenant) {
    suspects.remove(tenant);
  }

  /** The check's last look, empty when it has not looked yet. */
  public synchronized Optional<Look> last(Check check) {
    Look own = looks.get(check);
    return check == Check.PROBER && !suspects.isEmpty()
        ? Optional.of(withSuspects(own))
        : Optional.ofNullable(own);
  }

  private Look withSuspects(@Nullable Look own) {
    Set<Finding> findings = new LinkedHashSet<>();
    Instant at = own == null ? Instant.MIN : own.at();
    if (own != null) {
      findings.addAll(own.findings());
    }
    for (Look inside : suspects.values()) {
      findings.addAll(inside.findings());
      at = inside.at().isAfter(at) ? inside.at() : at;
    }
    return new Look(at, List.copyOf(findings));
  }

  /**
   * Whether the catalog was looked at. Before that nothing is known, mostly because the database is
   * away; nothing may be served, and a request is answered as for a database that is away.
   */
  public synchronized boolean seen() {
    return looks.containsKey(Check.CATALOG);
  }

  /** Whether requests may be served. */
  public synchronized boolean safe() {
    return seen() && suspects.isEmpty() && looks.values().stream().allMatch(Look::safe);
  }
}
