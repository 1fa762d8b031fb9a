package io.tenantry.api.reports;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.tenantry.persistence.reports.ReportChange;
import io.tenantry.persistence.reports.ReportStatus;
import org.jspecify.annotations.Nullable;

/** The body that changes a report: what is left out stays, and an explicit null is refused. */
record ReportPatch(
    @JsonSetter(nulls = Nulls.FAIL) @Nullable String title,
    @JsonSetter(nulls = Nulls.FAIL) @Nullable String summary,
    @JsonSetter(nulls = Nulls.FAIL) @Nullable String body,
    @JsonSetter(nulls = Nulls.FAIL) @Nullable String symbol,
    @JsonSetter(nulls = Nulls.FAIL) @Nullable String author,
    @JsonSetter(nulls = Nulls.FAIL) @Nullable ReportStatus status) {

  ReportChange command() {
    return new ReportChange(title, summary, body, symbol, author, status);
  }
}
