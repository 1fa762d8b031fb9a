package io.tenantry.persistence.orders;

import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

/** The orders of the tenant in scope, one at a time; {@link OrderList} reads many. */
interface OrderRepository extends JpaRepository<OrderEntity, UUID> {}
