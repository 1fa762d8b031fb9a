package io.tenantry.persistence.reports;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A research report as it stands.
 *
 * @param summary null when there is none
 * @param symbol the instrument it is about, null when it is about none in particular
 * @param author null when nobody is named
 * @param version grows with each change, from 0
 */
public record Report(
    UUID id,
    String title,
    @Nullable String summary,
    String body,
    @Nullable String symbol,
    @Nullable String author,
    ReportStatus status,
    Instant createdAt,
    Instant updatedAt,
    int version) {}
