package io.tenantry.api.isolation;

import io.tenantry.tenancy.finding.Finding;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The last findings of each check. Nothing is served before the catalog was looked at once, nor
 * while any check's last word is an unsafe finding: a check that cannot look any more does not take
 * its word back. Thread-safe.
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

  /** Remembers what a check saw, in place of what it saw before. */
  public synchronized void saw(Check check, Look look) {
    looks.put(check, look);
  }

  /** The check's last look, empty when it has not looked yet. */
  public synchronized Optional<Look> last(Check check) {
    return Optional.ofNullable(looks.get(check));
  }

  /** Whether requests may be served. */
  public synchronized boolean safe() {
    return looks.containsKey(Check.CATALOG) && looks.values().stream().allMatch(Look::safe);
  }
}
