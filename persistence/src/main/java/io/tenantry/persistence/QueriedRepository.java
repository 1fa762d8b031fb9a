package io.tenantry.persistence;

import jakarta.persistence.EntityManager;
import java.util.Optional;
import org.springframework.data.jpa.repository.support.JpaEntityInformation;
import org.springframework.data.jpa.repository.support.SimpleJpaRepository;

/**
 * Reads by id with a query. {@code EntityManager.find} of Hibernate answers null when the
 * connection breaks under it (SessionImpl.find takes a failure in a transaction that is marked for
 * rollback for one that somebody else caused, HHH-12472): a row that exists would be told not to be
 * there.
 */
class QueriedRepository<T, ID> extends SimpleJpaRepository<T, ID> {

  private final EntityManager entities;
  private final String byId;

  /** Called by Spring Data for each repository. */
  QueriedRepository(JpaEntityInformation<T, ?> information, EntityManager entities) {
    super(information, entities);
    this.entities = entities;
    this.byId =
        "select e from %s e where e.%s = :id"
            .formatted(information.getEntityName(), information.getRequiredIdAttribute().getName());
  }

  @Override
  public Optional<T> findById(ID id) {
    return entities
        .createQuery(byId, getDomainClass())
        .setParameter("id", id)
        .getResultList()
        .stream()
        .findFirst();
  }
}
