package io.tenantry.api.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tenantry.persistence.audit.AuditEvent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event of a tenant as it is answered.
 *
 * @param before what the subject was, null when it was not there
 * @param after what the subject is since, null when it is gone
 */
record AuditEventView(
    UUID id,
    Instant occurredAt,
    String actor,
    String action,
    String subjectType,
    UUID subjectId,
    @Nullable String requestId,
    @JsonRawValue @Schema(type = "object") @Nullable String before,
    @JsonRawValue @Schema(type = "object") @Nullable String after) {

  static AuditEventView of(AuditEvent event) {
    return new AuditEventView(
        event.id(),
        event.occurredAt(),
        event.actor(),
        event.action(),
        event.subjectType(),
        event.subjectId(),
        event.requestId(),
        event.before(),
        event.after());
  }
}
