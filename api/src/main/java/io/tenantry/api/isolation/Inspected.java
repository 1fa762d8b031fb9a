package io.tenantry.api.isolation;

import io.tenantry.tenancy.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all inspections found together.
 *
 * @param findings of those that could look
 * @param failure why the first that could not look could not, null when all could
 */
record Inspected(List<Finding> findings, @Nullable String failure) {

  private static final Logger LOG = LoggerFactory.getLogger(Inspected.class);

  Inspected {
    findings = List.copyOf(findings);
  }

  /** Asks each; one that cannot look keeps no other from being asked. */
  static Inspected by(List<Inspection> inspections, Function<Inspection, List<Finding>> asking) {
    List<Finding> findings = new ArrayList<>();
    String failure = null;
    for (Inspection one : inspections) {
      try {
        findings.addAll(asking.apply(one));
      } catch (RuntimeException e) {
        failure = failure == null ? String.valueOf(e.getMessage()) : failure;
      } catch (Throwable e) {
        // It would end the thread that asks, and nobody would notice.
        LOG.error("An inspection met an error.", e);
        failure = failure == null ? e.toString() : failure;
      }
    }
    return new Inspected(findings, failure);
  }

  boolean complete() {
    return failure == null;
  }

  boolean unsafe() {
    return findings.stream().anyMatch(Finding::unsafe);
  }
}
