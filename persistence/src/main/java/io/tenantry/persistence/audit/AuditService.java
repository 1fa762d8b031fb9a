package io.tenantry.persistence.audit;

import io.tenantry.persistence.paging.Page;
import io.tenantry.persistence.paging.PageKey;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hibernate.jpa.HibernateHints;
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
    StringBuilder query = new StringBuilder("select e from AuditEventEntity e where 1 = 1");
    Map<String, Object> values = new LinkedHashMap<>();
    if (filter.action() != null) {
      query.append(" and e.action = :action");
      values.put("action", filter.action().id());
    }
    if (filter.subjectId() != null) {
      query.append(" and e.subjectId = :subject");
      values.put("subject", filter.subjectId());
    }
    if (filter.from() != null) {
      query.append(" and e.occurredAt >= :from");
      values.put("from", filter.from());
    }
    if (filter.to() != null) {
      query.append(" and e.occurredAt < :to");
      values.put("to", filter.to());
    }
    if (after != null) {
      query.append(" and (e.occurredAt < :time or (e.occurredAt = :time and e.id < :id))");
      values.put("time", after.time());
      values.put("id", after.id());
    }
    query.append(" order by e.occurredAt desc, e.id desc");
    TypedQuery<AuditEventEntity> typed =
        entities.createQuery(query.toString(), AuditEventEntity.class);
    values.forEach(typed::setParameter);
    typed.setMaxResults(limit + 1);
    typed.setHint(HibernateHints.HINT_FETCH_SIZE, Page.FETCH_SIZE);
    return Page.ofText(
        typed.getResultStream(),
        limit,
        AuditEventEntity::pageKey,
        AuditEventEntity::view,
        AuditEventEntity::textLength);
  }
}
