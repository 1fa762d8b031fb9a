package io.tenantry.persistence.orders;

import io.tenantry.persistence.validation.Amounts;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What fills do to an order of the tenant in scope. Every method runs in the caller's transaction
 * and blocks on the database. Thread-safe.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class FillableOrders {

  private final OrderRepository orders;

  FillableOrders(OrderRepository orders) {
    this.orders = orders;
  }

  /**
   * Reads an order and keeps everybody else from changing it until the transaction ends. Waits for
   * whoever holds it, as long as the lock timeout allows.
   *
   * @throws TenantryException with {@code not_found} when this tenant has none of that id
   */
  public Order lock(UUID id) {
    return orders.lock(id).orElseThrow(() -> OrderService.missing(id)).view();
  }

  /**
   * Demands that there is such an order.
   *
   * @throws TenantryException with {@code not_found} when this tenant has none of that id
   */
  public void demand(UUID id) {
    if (!orders.existsById(id)) {
      throw OrderService.missing(id);
    }
  }

  /**
   * Adds new fills to an order that {@link #lock} has locked; its status follows.
   *
   * @param quantity their sum, above 0
   * @param notional their sum of price times quantity, exact
   * @throws TenantryException with {@code order_overfilled} when less is left, {@code
   *     order_state_conflict} when the order was cancelled or rejected
   */
  public Order fill(UUID id, BigDecimal quantity, BigDecimal notional, Instant now) {
    // The one that was locked: it is in the session, and is not read again.
    OrderEntity order = orders.getReferenceById(id);
    OrderStatus status = order.status();
    if (status == OrderStatus.CANCELLED || status == OrderStatus.REJECTED) {
      throw new TenantryException(
          ErrorCode.ORDER_STATE_CONFLICT, "An order that is " + status + " cannot be filled.");
    }
    BigDecimal left = order.quantity().subtract(order.filledQuantity());
    if (quantity.compareTo(left) > 0) {
      throw new TenantryException(
          ErrorCode.ORDER_OVERFILLED,
          "Of order %s, %s are left to be filled; the new fills add up to %s."
              .formatted(id, text(left), text(quantity)));
    }
    order.fill(quantity, notional, now);
    return orders.saveAndFlush(order).view();
  }

  private static String text(BigDecimal amount) {
    return Amounts.shortest(amount).toPlainString();
  }
}
