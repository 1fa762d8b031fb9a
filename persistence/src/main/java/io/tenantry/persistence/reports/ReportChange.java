package io.tenantry.persistence.reports;

import org.jspecify.annotations.Nullable;

/** What a caller wants changed in a report. Null leaves a value as it is. */
public record ReportChange(
    @Nullable String title,
    @Nullable String summary,
    @Nullable String body,
    @Nullable String symbol,
    @Nullable String author,
    @Nullable ReportStatus status) {}
