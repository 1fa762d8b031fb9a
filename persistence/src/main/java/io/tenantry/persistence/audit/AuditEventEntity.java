package io.tenantry.persistence.audit;

import io.tenantry.persistence.paging.PageKey;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.names.PlatformSchemas;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.TenantId;
import org.hibernate.annotations.UuidGenerator;
import org.jspecify.annotations.Nullable;

/** The mapped row of an audit event, which nothing changes. Its key is (tenant_id, id). */
@Entity
@Immutable
@Table(name = "audit_events", schema = PlatformSchemas.TENANT_PLACEHOLDER)
class AuditEventEntity {

  @Id
  @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
  private @Nullable UUID id;

  @TenantId
  @SuppressWarnings("UnusedVariable") // Hibernate fills it, and puts it into its conditions.
  private @Nullable UUID tenantId;

  private Instant occurredAt = Instant.EPOCH;
  private String actor = "";
  private String action = "";
  private String subjectType = "";
  private UUID subjectId = new UUID(0, 0);
  private @Nullable String requestId;

  @Column(columnDefinition = "jsonb")
  @ColumnTransformer(write = "cast(? as jsonb)")
  private @Nullable String before;

  @Column(columnDefinition = "jsonb")
  @ColumnTransformer(write = "cast(? as jsonb)")
  private @Nullable String after;

  /** For Hibernate. */
  protected AuditEventEntity() {}

  /**
   * @param occurredAt in microseconds
   */
  AuditEventEntity(
      Instant occurredAt,
      Actor actor,
      AuditAction action,
      UUID subjectId,
      @Nullable String before,
      @Nullable String after) {
    this.occurredAt = occurredAt;
    // The name is a token's; the database has no character U+0000.
    this.actor = actor.name().replace('\0', '\uFFFD');
    this.action = action.id();
    this.subjectType = action.subjectType();
    this.subjectId = subjectId;
    this.requestId = actor.requestId();
    this.before = before;
    this.after = after;
  }

  int textLength() {
    return (before == null ? 0 : before.length()) + (after == null ? 0 : after.length());
  }

  PageKey pageKey() {
    return new PageKey(occurredAt, savedId());
  }

  AuditEvent view() {
    return new AuditEvent(
        savedId(), occurredAt, actor, action, subjectType, subjectId, requestId, before, after);
  }

  private UUID savedId() {
    if (id == null) {
      throw new IllegalStateException("An event has an id only once it is saved.");
    }
    return id;
  }
}
