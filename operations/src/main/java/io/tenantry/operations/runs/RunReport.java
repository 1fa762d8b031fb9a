package io.tenantry.operations.runs;

import io.tenantry.control.MigrationCounts;
import io.tenantry.control.MigrationResult;
import io.tenantry.control.MigrationResultState;
import io.tenantry.control.MigrationRun;
import io.tenantry.control.MigrationRuns;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.PlainText;
import io.tenantry.operations.terminal.Table;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run and the tenants that failed in it, for people and for programs.
 *
 * @param failed every one of them, in the order of their ids
 */
record RunReport(MigrationRun run, List<MigrationResult> failed) {

  private static final int PAGE = 1000;

  static RunReport of(MigrationRuns runs, MigrationRun run) {
    List<MigrationResult> failed = new ArrayList<>();
    TenantId after = null;
    List<MigrationResult> page;
    do {
      page = runs.results(run.id(), MigrationResultState.FAILED, PAGE, after);
      failed.addAll(page);
      after = page.isEmpty() ? null : page.getLast().tenant();
    } while (page.size() == PAGE);
    return new RunReport(run, List.copyOf(failed));
  }

  /** What a command that had it carried out ends with. */
  int exitCode() {
    if (ErrorCode.MIGRATION_REFUSED.id().equals(run.errorCode())) {
      return ExitCode.REFUSED;
    }
    if (!failed.isEmpty()) {
      return ExitCode.INCOMPLETE;
    }
    return switch (run.state()) {
      case SUCCEEDED -> ExitCode.DONE;
      case FAILED -> ExitCode.INCOMPLETE;
      case QUEUED, RUNNING, PAUSED -> ExitCode.UNFINISHED;
    };
  }

  String table() {
    StringBuilder text = new StringBuilder();
    if (!failed.isEmpty()) {
      Table table = new Table("TENANT", "STAYS AT", "CHANGESET", "SQLSTATE", "DETAIL");
      failed.forEach(
          result ->
              table.add(
                  name(result),
                  result.fromVersion(),
                  said(result.changeSet()),
                  said(result.sqlState()),
                  said(result.detail())));
      text.append(table).append("\n\n");
    }
    MigrationCounts counts = run.counts();
    return text.append("Run %s %s: %s".formatted(run.id(), run.direction(), run.state()))
        .append(", %d changed, %d failed".formatted(counts.succeeded(), counts.failed()))
        .append(", %d left out, %d to do.".formatted(counts.skipped(), counts.pending()))
        .append(run.errorDetail() == null ? "" : " " + PlainText.line(run.errorDetail()))
        .toString();
  }

  /** Fields stay as they are once published. */
  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", run.id());
    document.put("direction", run.direction());
    document.put("state", run.state());
    document.put("target", Optional.ofNullable(run.target()));
    document.put("requestedBy", run.requestedBy());
    MigrationCounts counts = run.counts();
    document.put("changed", counts.succeeded());
    document.put("failed", counts.failed());
    document.put("leftOut", counts.skipped());
    document.put("pending", counts.pending());
    document.put("errorCode", Optional.ofNullable(run.errorCode()));
    document.put("errorDetail", Optional.ofNullable(run.errorDetail()));
    document.put("createdAt", run.createdAt());
    document.put("startedAt", Optional.ofNullable(run.startedAt()));
    document.put("finishedAt", Optional.ofNullable(run.finishedAt()));
    document.put("failures", failed.stream().map(RunReport::fields).toList());
    return document;
  }

  private static Map<String, Object> fields(MigrationResult result) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("tenant", result.tenant().value());
    fields.put("slug", Optional.ofNullable(result.slug()));
    fields.put("staysAt", result.fromVersion());
    fields.put("changeSet", Optional.ofNullable(result.changeSet()));
    fields.put("sqlState", Optional.ofNullable(result.sqlState()));
    fields.put("detail", Optional.ofNullable(result.detail()));
    return fields;
  }

  private static String name(MigrationResult result) {
    return result.slug() == null ? result.tenant().toString() : result.slug();
  }

  private static String said(@Nullable String text) {
    return text == null ? "-" : text;
  }
}
