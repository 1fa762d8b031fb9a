package io.tenantry.persistence.reports;

import org.jspecify.annotations.Nullable;

/**
 * What a caller says to file a report. Null means "not said"; title and body are demanded.
 *
 * @param status {@link ReportStatus#DRAFT} when not said
 */
public record NewReport(
    @Nullable String title,
    @Nullable String summary,
    @Nullable String body,
    @Nullable String symbol,
    @Nullable String author,
    @Nullable ReportStatus status) {}
