package io.tenantry.operations.doctor;

import io.tenantry.operations.terminal.Table;
import io.tenantry.tenancy.finding.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a look came to, for people and for programs.
 *
 * @param where host, port and database
 * @param quick whether tenants' schemas were left out
 */
public record Report(String where, boolean quick, List<Finding> findings) {

  public Report {
    findings = List.copyOf(findings);
  }

  /** Whether nothing unsafe was found; warnings may be there. */
  public boolean safe() {
    return findings.stream().noneMatch(Finding::unsafe);
  }

  /** A line a finding, and one that sums up. */
  public String table() {
    String scope = quick ? "what all tenants share" : "everything";
    if (findings.isEmpty()) {
      return "Looked at " + scope + " in " + where + ": all is as it must be.";
    }
    Table table = new Table("CODE", "", "OBJECT", "WHAT IS WRONG", "WHAT TO DO");
    for (Finding finding : findings) {
      table.add(
          finding.code().id(),
          finding.unsafe() ? "unsafe" : "warning",
          finding.object(),
          finding.code().title() + ". " + finding.detail(),
          finding.code().hint());
    }
    long unsafe = findings.stream().filter(Finding::unsafe).count();
    return "%s\n\nLooked at %s in %s: %d unsafe, %d to be warned of."
        .formatted(table, scope, where, unsafe, findings.size() - unsafe);
  }

  /** For programs; its fields stay as they are once published. */
  public Map<String, Object> document() {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("database", where);
    report.put("scope", quick ? "quick" : "full");
    report.put("safe", safe());
    report.put("findings", findings.stream().map(Report::fields).toList());
    return report;
  }

  private static Map<String, Object> fields(Finding finding) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("code", finding.code().id());
    fields.put("unsafe", finding.unsafe());
    fields.put("object", finding.object());
    fields.put("title", finding.code().title());
    fields.put("detail", finding.detail());
    fields.put("hint", finding.code().hint());
    return fields;
  }
}
