package io.tenantry.operations.doctor;

import io.tenantry.tenancy.finding.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a look came to, for people and for programs.
 *
 * @param where host, port and database
 * @param quick whether tenants' schemas were left out
 */
public record Report(String where, boolean quick, List<Finding> findings) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final List<String> HEAD =
      List.of("CODE", "", "OBJECT", "WHAT IS WRONG", "WHAT TO DO");

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
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    for (Finding finding : findings) {
      rows.add(
          List.of(
              finding.code().id(),
              finding.unsafe() ? "unsafe" : "warning",
              finding.object(),
              finding.code().title() + ". " + finding.detail(),
              finding.code().hint()));
    }
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(line(row, rows)).append('\n'));
    long unsafe = findings.stream().filter(Finding::unsafe).count();
    return text.append('\n')
        .append("Looked at %s in %s: ".formatted(scope, where))
        .append("%d unsafe, %d to be warned of.".formatted(unsafe, findings.size() - unsafe))
        .toString();
  }

  private static String line(List<String> row, List<List<String>> rows) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      int at = column;
      int width = rows.stream().mapToInt(each -> each.get(at).length()).max().orElse(0);
      line.append(row.get(column)).append(" ".repeat(width - row.get(column).length() + 2));
    }
    return line.toString().stripTrailing();
  }

  /** One object; its fields stay as they are once published. */
  public String json() {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("database", where);
    report.put("scope", quick ? "quick" : "full");
    report.put("safe", safe());
    report.put("findings", findings.stream().map(Report::fields).toList());
    return JSON.writeValueAsString(report);
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
