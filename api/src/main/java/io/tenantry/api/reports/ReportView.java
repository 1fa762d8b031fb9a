package io.tenantry.api.reports;

import io.tenantry.persistence.reports.Report;
import io.tenantry.persistence.reports.ReportStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A report as it is answered. */
record ReportView(
    UUID id,
    String title,
    @Nullable String summary,
    String body,
    @Nullable String symbol,
    @Nullable String author,
    ReportStatus status,
    Instant createdAt,
    Instant updatedAt,
    int version) {

  static ReportView of(Report report) {
    return new ReportView(
        report.id(),
        report.title(),
        report.summary(),
        report.body(),
        report.symbol(),
        report.author(),
        report.status(),
        report.createdAt(),
        report.updatedAt(),
        report.version());
  }
}
