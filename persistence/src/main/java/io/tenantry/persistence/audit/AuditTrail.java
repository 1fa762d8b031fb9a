package io.tenantry.persistence.audit;

import io.tenantry.persistence.json.JsonForms;
import io.tenantry.tenancy.Actor;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes audit events of the tenant in scope. Thread-safe. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class AuditTrail {

  private final EntityManager entities;
  private final Clock clock;

  AuditTrail(EntityManager entities, Clock clock) {
    this.entities = entities;
    this.clock = clock;
  }

  /**
   * Writes one event into the caller's transaction, at its end at the latest: both are there, or
   * neither. Who acts is {@link Actor#current}. Costs one round trip.
   *
   * @param subject the id of what it is done to
   * @param before a record, kept whole however long it is; null: there was nothing
   * @param after a record, kept whole however long it is; null: there is nothing any more
   */
  public void record(
      AuditAction action, UUID subject, @Nullable Object before, @Nullable Object after) {
    Actor actor = Actor.current();
    entities.persist(
        new AuditEventEntity(
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            actor,
            action,
            subject,
            before == null ? null : JsonForms.write(before),
            after == null ? null : JsonForms.write(after)));
  }
}
