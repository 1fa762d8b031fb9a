package io.tenantry.persistence.orders;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/** The orders of the tenant in scope, one at a time. */
interface OrderRepository extends JpaRepository<OrderEntity, UUID> {

  /** The order as it is once nobody else is changing it; until the transaction ends, nobody can. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select o from OrderEntity o where o.id = :id")
  Optional<OrderEntity> lock(UUID id);
}
