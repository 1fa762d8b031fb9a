package io.tenantry.persistence.orders;

import static io.tenantry.persistence.validation.Amounts.shortest;

import io.tenantry.persistence.paging.PageKey;
import io.tenantry.persistence.validation.Amounts;
import io.tenantry.tenancy.names.PlatformSchemas;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;
import org.hibernate.annotations.UuidGenerator;
import org.jspecify.annotations.Nullable;

/** The mapped row of an order. Its key in the database is (tenant_id, id). */
@Entity
@Table(name = "desk_orders", schema = PlatformSchemas.TENANT_PLACEHOLDER)
class OrderEntity {

  @Id
  @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
  private @Nullable UUID id;

  @TenantId
  @SuppressWarnings("UnusedVariable") // Hibernate fills it, and puts it into its conditions.
  private @Nullable UUID tenantId;

  @Column(updatable = false)
  private @Nullable String clientOrderId;

  @Column(updatable = false)
  private String symbol = "";

  @Enumerated(EnumType.STRING)
  @Column(updatable = false)
  private OrderSide side = OrderSide.BUY;

  @Enumerated(EnumType.STRING)
  @Column(name = "order_type", updatable = false)
  private OrderType type = OrderType.MARKET;

  private BigDecimal quantity = BigDecimal.ZERO;
  private @Nullable BigDecimal limitPrice;
  private @Nullable BigDecimal stopPrice;

  @Enumerated(EnumType.STRING)
  private TimeInForce timeInForce = TimeInForce.GTC;

  @Enumerated(EnumType.STRING)
  private OrderStatus status = OrderStatus.NEW;

  private BigDecimal filledQuantity = BigDecimal.ZERO;

  /** The sum of price times quantity of its fills, exact. */
  private BigDecimal filledNotional = BigDecimal.ZERO;

  @Column(updatable = false)
  private @Nullable String strategy;

  @Column(updatable = false)
  private Instant placedAt = Instant.EPOCH;

  private Instant updatedAt = Instant.EPOCH;

  @Version private @Nullable Integer version;

  /** For Hibernate. */
  protected OrderEntity() {}

  /**
   * @param order checked by {@link OrderRules}
   * @param now in microseconds
   */
  OrderEntity(CheckedOrder order, Instant now) {
    this.clientOrderId = order.clientOrderId();
    this.symbol = order.symbol();
    this.side = order.side();
    this.type = order.type();
    this.quantity = order.quantity();
    this.limitPrice = order.limitPrice();
    this.stopPrice = order.stopPrice();
    this.timeInForce = order.timeInForce();
    this.strategy = order.strategy();
    this.placedAt = now;
    this.updatedAt = now;
  }

  void change(OrderChange change, Instant now) {
    quantity = change.quantity() == null ? quantity : change.quantity();
    limitPrice = change.limitPrice() == null ? limitPrice : change.limitPrice();
    stopPrice = change.stopPrice() == null ? stopPrice : change.stopPrice();
    timeInForce = change.timeInForce() == null ? timeInForce : change.timeInForce();
    status = followFills();
    updatedAt = now;
  }

  /**
   * @param quantity of new fills, no more than is left
   * @param notional their sum of price times quantity
   */
  void fill(BigDecimal quantity, BigDecimal notional, Instant now) {
    filledQuantity = filledQuantity.add(quantity);
    filledNotional = filledNotional.add(notional);
    status = followFills();
    updatedAt = now;
  }

  private OrderStatus followFills() {
    if (filledQuantity.signum() == 0) {
      return status;
    }
    return filledQuantity.compareTo(quantity) < 0
        ? OrderStatus.PARTIALLY_FILLED
        : OrderStatus.FILLED;
  }

  void cancel(Instant now) {
    status = OrderStatus.CANCELLED;
    updatedAt = now;
  }

  OrderType type() {
    return type;
  }

  OrderStatus status() {
    return status;
  }

  BigDecimal quantity() {
    return quantity;
  }

  BigDecimal filledQuantity() {
    return filledQuantity;
  }

  int version() {
    return version == null ? 0 : version;
  }

  PageKey pageKey() {
    return new PageKey(placedAt, savedId());
  }

  Order view() {
    return new Order(
        savedId(),
        clientOrderId,
        symbol,
        side,
        type,
        shortest(quantity),
        limitPrice == null ? null : shortest(limitPrice),
        stopPrice == null ? null : shortest(stopPrice),
        timeInForce,
        status,
        shortest(filledQuantity),
        averageFillPrice(),
        strategy,
        placedAt,
        updatedAt,
        version());
  }

  private @Nullable BigDecimal averageFillPrice() {
    return filledQuantity.signum() == 0
        ? null
        : shortest(
            filledNotional.divide(
                filledQuantity, Amounts.DIGITS_AFTER_POINT, RoundingMode.HALF_EVEN));
  }

  private UUID savedId() {
    if (id == null) {
      throw new IllegalStateException("An order has an id only once it is saved.");
    }
    return id;
  }
}
