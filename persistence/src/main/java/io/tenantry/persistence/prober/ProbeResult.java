package io.tenantry.persistence.prober;

import io.tenantry.tenancy.finding.Finding;
import java.util.List;

/**
 * What came of a look.
 *
 * @param findings each once, empty when all was as it must be
 * @param whyNot why the look did not come to its end, in words without values; empty when it did.
 *     What was found before stands all the same
 */
public record ProbeResult(List<Finding> findings, String whyNot) {

  public ProbeResult {
    findings = List.copyOf(findings);
  }

  /** What a look comes to, all in all. */
  public enum Outcome {
    /** All of it was as it must be. */
    CLEAN,
    /** Something was not. */
    FINDING,
    /** Nothing was found, but not all could be looked at: that says nothing about isolation. */
    SKIPPED
  }

  public Outcome outcome() {
    if (!findings.isEmpty()) {
      return Outcome.FINDING;
    }
    return whyNot.isEmpty() ? Outcome.CLEAN : Outcome.SKIPPED;
  }
}
