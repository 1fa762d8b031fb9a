package io.tenantry.persistence.audit;

import io.tenantry.persistence.paging.KeysetQuery;
import io.tenantry.persistence.paging.Page;
import io.tenantry.persistence.paging.PageKey;
import jakarta.persistence.EntityManager;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads the audit of the tenant in scope. Throws {@code TenantryException} with {@code
 * tenant_context_missing} outside of any tenant, and blocks on the database. Thread-safe.
 */
@Service
@Transactional(readOnly = true)
public class AuditService {

  private final EntityManager entities;

  AuditService(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * Lists events, newest first. A page of long ones may have fewer than asked for.
   *
   * @param limit 1 to {@link Page#LARGEST}
   * @param after null for the first page
   */
  public Page<AuditEvent> list(AuditFilter filter, int limit, @Nullable PageKey after) {
    AuditAction action = filter.action();
    return new KeysetQuery<>(AuditEventEntity.class, "occurredAt")
        .with("action", action == null ? null : action.id())
        .with("subjectId", filter.subjectId())
        .between(filter.from(), filter.to())
        .textPage(
            entities,
            limit,
            after,
            AuditEventEntity::pageKey,
            AuditEventEntity::view,
            AuditEventEntity::textLength);
  }
}
