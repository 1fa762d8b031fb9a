package io.tenantry.persistence.prober;

import io.tenantry.tenancy.finding.Finding;
import io.tenantry.tenancy.finding.FindingCode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects findings, each once. For one thread. */
final class Seen {

  private final Set<Finding> findings = new LinkedHashSet<>();

  void demand(boolean holds, FindingCode code, String object, String otherwise) {
    if (!holds) {
      findings.add(new Finding(code, object, otherwise));
    }
  }

  void add(FindingCode code, String object, String detail) {
    findings.add(new Finding(code, object, detail));
  }

  boolean anything() {
    return !findings.isEmpty();
  }

  List<Finding> all() {
    return List.copyOf(findings);
  }
}
