package io.tenantry.api.isolation;

import io.tenantry.api.isolation.IsolationState.Check;
import io.tenantry.api.isolation.IsolationState.Look;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantDirectory;
import io.tenantry.control.rounds.Ending;
import io.tenantry.control.rounds.Rounds;
import io.tenantry.control.rounds.Words;
import io.tenantry.persistence.prober.IsolationProber;
import io.tenantry.persistence.prober.ProbeResult;
import io.tenantry.persistence.prober.ProbeResult.Outcome;
import io.tenantry.tenancy.finding.Finding;
import io.tenantry.tenancy.finding.FindingCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Has the canaries looked at again and again, on a thread of its own: a look blocks, and whoever
 * asks for readiness must not wait for it. What kept it from looking takes no word back.
 */
@Component
class Prober implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Prober.class);

  /** Until the directory knows the canaries, which costs nothing to ask. */
  private static final Duration UNTIL_CANARIES = Duration.ofSeconds(1);

  /** Behind a look that did not come to its end, where the interval is longer. */
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final IsolationProber prober;
  private final TenantDirectory directory;
  private final IsolationState state;
  private final ProberSettings settings;
  private final ProberMeters meters;
  private final Freshness freshness;
  private final InsideLooks inside;
  private final Rounds rounds =
      new Rounds(
          "isolation-prober",
          Ending.INTERRUPTED,
          UNTIL_CANARIES,
          new Words(
              LOG,
              Level.ERROR,
              "The prober met an error; it goes on.",
              "The prober looks again.",
              "A look at the canaries did not end in time."),
          this::look);
  private Set<String> logged = Set.of();

  Prober(
      IsolationProber prober,
      TenantDirectory directory,
      IsolationState state,
      ProberSettings settings,
      ProberMeters meters,
      Freshness freshness,
      InsideLooks inside) {
    this.prober = prober;
    this.directory = directory;
    this.state = state;
    this.settings = settings;
    this.meters = meters;
    this.freshness = freshness;
    this.inside = inside;
  }

  @Override
  public void start() {
    if (settings.enabled()) {
      rounds.start();
    } else {
      LOG.warn("tenantry.prober.enabled is false: nobody looks whether tenants are kept apart.");
    }
  }

  @Override
  public void stop() {
    rounds.close();
  }

  @Override
  public boolean isRunning() {
    return rounds.running();
  }

  /** Answers how long to wait for the next. */
  private Duration look() {
    boolean known = directory.lastRefreshed().isPresent();
    List<Tenant> canaries = directory.canaries();
    if (canaries.size() < 2) {
      meters.skipped();
      freshness.pause(Check.PROBER);
      if (known) {
        nobodyThere();
      }
      return UNTIL_CANARIES;
    }
    freshness.expect(Check.PROBER);
    long start = System.nanoTime();
    ProbeResult result = prober.lookAtPair(canaries.getFirst().id(), canaries.getLast().id());
    long took = System.nanoTime() - start;
    if (result.outcome() == Outcome.SKIPPED) {
      LOG.info("The prober could not look: {}", result.whyNot());
      freshness.missed(Check.PROBER, result.whyNot());
    } else {
      saw(result.findings());
      freshness.looked(Check.PROBER);
    }
    inside.again();
    // Last: whoever waits for a look to be counted finds what follows from it.
    meters.looked(result.outcome(), took);
    return result.outcome() == Outcome.SKIPPED
        ? shorter(settings.interval(), RETRY)
        : settings.interval();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void nobodyThere() {
    // Canaries that were taken away do not make good what was seen before.
    if (state.last(Check.PROBER).map(Look::safe).orElse(true)) {
      saw(
          List.of(
              new Finding(
                  FindingCode.CANARY_MISSING,
                  "tenantry_control.tenants",
                  "Nobody can look whether tenants are kept apart.")));
    }
  }

  private void saw(List<Finding> findings) {
    state.saw(Check.PROBER, new Look(Instant.now(), findings));
    Set<String> codes = new TreeSet<>();
    findings.forEach(finding -> codes.add(finding.code().id()));
    if (codes.equals(logged)) {
      return;
    }
    logged = codes;
    if (findings.stream().anyMatch(Finding::unsafe)) {
      LOG.error("Tenants are not kept apart; this instance serves none of them: {}", findings);
    } else if (findings.isEmpty()) {
      LOG.info("The prober finds tenants kept apart.");
    } else {
      LOG.warn("The prober: {}", findings);
    }
  }
}
