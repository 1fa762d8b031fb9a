package io.tenantry.api.reports;

import io.tenantry.api.json.Sensitive;
import io.tenantry.api.json.SensitiveFields;
import io.tenantry.persistence.reports.NewReport;
import io.tenantry.persistence.reports.ReportStatus;
import org.jspecify.annotations.Nullable;

/** The body that files a report; which fields are demanded is the service's to say. */
record ReportRequest(
    @Nullable String title,
    @Nullable String summary,
    @Sensitive @Nullable String body,
    @Nullable String symbol,
    @Nullable String author,
    @Nullable ReportStatus status) {

  @Override
  public String toString() {
    return SensitiveFields.print(this);
  }

  NewReport command() {
    return new NewReport(title, summary, body, symbol, author, status);
  }
}
