package io.tenantry.api.admin;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tenantry.control.PlatformAuditEvent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event of the platform as it is answered: the shape of a tenant's event, and the tenant.
 *
 * @param subjectType the first word of the action
 * @param subjectId the tenant's id; null when the subject is the platform
 * @param before the row that there was, its fields as in the database; null when there was none
 * @param after the row that there is since; null when there is none
 */
record PlatformAuditDocument(
    UUID id,
    Instant occurredAt,
    String actor,
    String action,
    String subjectType,
    @Nullable UUID subjectId,
    @Nullable UUID tenantId,
    @Nullable String requestId,
    @JsonRawValue @Schema(type = "object") @Nullable String before,
    @JsonRawValue @Schema(type = "object") @Nullable String after) {

  static PlatformAuditDocument of(PlatformAuditEvent event) {
    int dot = event.action().indexOf('.');
    return new PlatformAuditDocument(
        event.id(),
        event.occurredAt(),
        event.actor(),
        event.action(),
        dot < 0 ? event.action() : event.action().substring(0, dot),
        event.tenantId(),
        event.tenantId(),
        event.requestId(),
        event.before(),
        event.after());
  }
}
