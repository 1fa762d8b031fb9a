package io.tenantry.api.reports;

import io.tenantry.persistence.reports.NewReport;
import io.tenantry.persistence.reports.ReportStatus;
import org.jspecify.annotations.Nullable;

/** The body that files a report; which fields are demanded is the service's to say. */
record ReportRequest(
    @Nullable String title,
    @Nullable String summary,
    @Nullable String body,
    @Nullable String symbol,
    @Nullable String author,
    @Nullable ReportStatus status) {

  NewReport command() {
    return new NewReport(title, summary, body, symbol, author, status);
  }
}
