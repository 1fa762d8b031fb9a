package io.tenantry.migrations.rules;

import java.io.Serial;
import java.util.List;

/** Changesets break rules, so they are not released. */
public final class BrokenRulesException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // An immutable list of strings and enums, never serialized.
  private final List<RuleFinding> findings;

  BrokenRulesException(List<RuleFinding> findings) {
    super(findings.size() + " findings, the first: " + findings.getFirst());
    this.findings = List.copyOf(findings);
  }

  /** At least one. */
  public List<RuleFinding> findings() {
    return findings;
  }
}
