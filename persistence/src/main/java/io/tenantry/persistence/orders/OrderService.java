package io.tenantry.persistence.orders;

import io.tenantry.persistence.audit.AuditAction;
import io.tenantry.persistence.audit.AuditTrail;
import io.tenantry.persistence.failure.DatabaseFailures;
import io.tenantry.persistence.paging.KeysetQuery;
import io.tenantry.persistence.paging.Page;
import io.tenantry.persistence.paging.PageKey;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Orders of the tenant in scope. Every method runs in one transaction, throws {@code
 * TenantryException} with {@code tenant_context_missing} outside of any tenant, and blocks on the
 * database; when it throws, nothing is written. Thread-safe.
 */
@Service
@Transactional
public class OrderService {

  private static final String CLIENT_ORDER_ID_KEY = "desk_orders_client_order_id_key";

  private final OrderRepository orders;
  private final EntityManager entities;
  private final AuditTrail audit;
  private final Clock clock;

  OrderService(OrderRepository orders, EntityManager entities, AuditTrail audit, Clock clock) {
    this.orders = orders;
    this.entities = entities;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Places an order.
   *
   * @throws TenantryException with {@code validation_failed}, or {@code client_order_id_duplicate}
   *     when this tenant has an order of that id
   */
  public Order place(NewOrder order) {
    OrderEntity entity = new OrderEntity(OrderRules.check(order), now());
    try {
      Order placed = orders.saveAndFlush(entity).view();
      audit.record(AuditAction.ORDER_PLACE, placed.id(), null, placed);
      return placed;
    } catch (DataIntegrityViolationException e) {
      if (DatabaseFailures.violatedKey(e).filter(CLIENT_ORDER_ID_KEY::equals).isPresent()) {
        throw new TenantryException(
            ErrorCode.CLIENT_ORDER_ID_DUPLICATE,
            "There is an order with the clientOrderId '" + order.clientOrderId() + "'.",
            e);
      }
      throw e;
    }
  }

  /**
   * Reads an order.
   *
   * @throws TenantryException with {@code not_found} when this tenant has none of that id
   */
  @Transactional(readOnly = true)
  public Order get(UUID id) {
    return find(id).view();
  }

  /**
   * Lists orders, newest first.
   *
   * @param limit 1 to {@link Page#LARGEST}
   * @param after null for the first page
   */
  @Transactional(readOnly = true)
  public Page<Order> list(OrderFilter filter, int limit, @Nullable PageKey after) {
    return new KeysetQuery<>(OrderEntity.class, "placedAt")
        .with("symbol", filter.symbol())
        .with("status", filter.status())
        .between(filter.from(), filter.to())
        .page(entities, limit, after, OrderEntity::pageKey, OrderEntity::view);
  }

  /**
   * Changes an open order. A quantity that equals what is filled makes it FILLED; one below is
   * refused.
   *
   * @throws TenantryException with {@code not_found}, {@code precondition_failed} when its version
   *     is another, {@code order_state_conflict} when it is not open, or {@code validation_failed}
   */
  public Order change(UUID id, int expectedVersion, OrderChange change) {
    OrderEntity entity = find(id);
    if (entity.version() != expectedVersion) {
      throw changedMeanwhile(id);
    }
    demandOpen(entity, "changed");
    OrderRules.check(change, entity.type(), entity.filledQuantity());
    Order before = entity.view();
    entity.change(change, now());
    return saved(AuditAction.ORDER_CHANGE, before, entity);
  }

  /**
   * Cancels an open order.
   *
   * @throws TenantryException with {@code not_found}, or {@code order_state_conflict} when it is
   *     not open
   */
  public Order cancel(UUID id) {
    OrderEntity entity = find(id);
    demandOpen(entity, "cancelled");
    Order before = entity.view();
    entity.cancel(now());
    return saved(AuditAction.ORDER_CANCEL, before, entity);
  }

  private Order saved(AuditAction action, Order before, OrderEntity entity) {
    Order after = orders.saveAndFlush(entity).view();
    audit.record(action, after.id(), before, after);
    return after;
  }

  private OrderEntity find(UUID id) {
    return orders.findById(id).orElseThrow(() -> missing(id));
  }

  static TenantryException missing(UUID id) {
    return new TenantryException(ErrorCode.NOT_FOUND, "There is no order " + id + ".");
  }

  private static void demandOpen(OrderEntity entity, String wish) {
    if (!entity.status().isOpen()) {
      throw new TenantryException(
          ErrorCode.ORDER_STATE_CONFLICT,
          "An order that is " + entity.status() + " cannot be " + wish + ".");
    }
  }

  private static TenantryException changedMeanwhile(UUID id) {
    return new TenantryException(
        ErrorCode.PRECONDITION_FAILED, "Order " + id + " is no longer of the version named.");
  }

  /** The database keeps microseconds; what is answered is what will be read back. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
