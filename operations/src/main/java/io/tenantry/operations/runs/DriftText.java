package io.tenantry.operations.runs;

import io.tenantry.migrations.drift.Deviation;
import io.tenantry.migrations.drift.DriftReport;
import io.tenantry.migrations.drift.DriftResult;
import io.tenantry.migrations.drift.DriftState;
import io.tenantry.operations.terminal.PlainText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a check for drift has found, for people and for programs. */
record DriftText(DriftReport report) {

  List<DriftResult> drifted() {
    return report.in(DriftState.DRIFTED);
  }

  private List<DriftResult> unseen() {
    return report.results().stream()
        .filter(
            result ->
                switch (result.state()) {
                  case BUSY, UNKNOWN_VERSION, FAILED -> true;
                  case SAME, DRIFTED, GONE -> false;
                })
        .toList();
  }

  String table() {
    StringBuilder text = new StringBuilder();
    for (DriftResult result : drifted()) {
      text.append("%s at %s:\n".formatted(result.tenant(), result.version()));
      for (Deviation deviation : result.deviations()) {
        text.append("  ").append(PlainText.line(deviation.toString())).append('\n');
      }
    }
    for (DriftResult result : unseen()) {
      text.append("%s at %s: %s".formatted(result.tenant(), result.version(), result.state()))
          .append(result.sqlState() == null ? "\n" : " (" + result.sqlState() + ")\n");
    }
    return text.append("%d schemas looked at in ".formatted(report.results().size()))
        .append("%.1f s: ".formatted(report.took().toMillis() / 1000.0))
        .append("%d drifted, ".formatted(drifted().size()))
        .append("%d could not be compared.".formatted(unseen().size()))
        .toString();
  }

  /** Fields stay as they are once published. */
  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schemas", report.results().size());
    document.put("milliseconds", report.took().toMillis());
    document.put("drifted", drifted().stream().map(DriftText::fields).toList());
    document.put("notCompared", unseen().stream().map(DriftText::fields).toList());
    return document;
  }

  private static Map<String, Object> fields(DriftResult result) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("tenant", result.tenant().toString());
    fields.put("version", result.version());
    fields.put("state", result.state());
    fields.put("sqlState", Optional.ofNullable(result.sqlState()));
    fields.put("deviations", result.deviations().stream().map(DriftText::fields).toList());
    return fields;
  }

  private static Map<String, Object> fields(Deviation deviation) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", deviation.kind());
    fields.put("object", deviation.object());
    fields.put("found", Optional.ofNullable(deviation.found()));
    fields.put("expected", Optional.ofNullable(deviation.expected()));
    fields.put("words", deviation.toString());
    return fields;
  }
}
