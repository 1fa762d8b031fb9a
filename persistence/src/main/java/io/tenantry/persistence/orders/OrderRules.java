package io.tenantry.persistence.orders;

import static io.tenantry.persistence.validation.Amounts.shortest;
import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.tenantry.persistence.validation.Violations;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What makes an order acceptable. Knows neither the database nor the clock. */
final class OrderRules {

  static final int LONGEST_CLIENT_ORDER_ID = 64;
  static final int LONGEST_SYMBOL = 32;
  static final int LONGEST_STRATEGY = 64;

  private OrderRules() {}

  static CheckedOrder check(NewOrder order) {
    Violations violations = new Violations();
    violations.text("/clientOrderId", order.clientOrderId(), LONGEST_CLIENT_ORDER_ID);
    violations.required("/symbol", order.symbol());
    violations.text("/symbol", order.symbol(), LONGEST_SYMBOL);
    violations.required("/side", order.side());
    violations.required("/type", order.type());
    violations.required("/quantity", order.quantity());
    violations.positive("/quantity", order.quantity());
    violations.positive("/limitPrice", order.limitPrice());
    violations.positive("/stopPrice", order.stopPrice());
    violations.text("/strategy", order.strategy(), LONGEST_STRATEGY);
    OrderType type = order.type();
    if (type != null) {
      price(violations, "/limitPrice", type, type.hasLimitPrice(), order.limitPrice());
      price(violations, "/stopPrice", type, type.hasStopPrice(), order.stopPrice());
    }
    violations.throwIfAny();
    return new CheckedOrder(
        order.clientOrderId(),
        requireNonNull(order.symbol()),
        requireNonNull(order.side()),
        requireNonNull(type),
        requireNonNull(order.quantity()),
        order.limitPrice(),
        order.stopPrice(),
        requireNonNullElse(order.timeInForce(), TimeInForce.GTC),
        order.strategy());
  }

  /**
   * @param filled how much of the order is filled already
   */
  static void check(OrderChange change, OrderType type, BigDecimal filled) {
    Violations violations = new Violations();
    violations.positive("/quantity", change.quantity());
    if (change.quantity() != null
        && change.quantity().signum() > 0
        && change.quantity().compareTo(filled) < 0) {
      violations.add(
          "/quantity",
          "below_filled",
          "Of this order, " + shortest(filled).toPlainString() + " are filled already.");
    }
    violations.positive("/limitPrice", change.limitPrice());
    violations.positive("/stopPrice", change.stopPrice());
    surplus(violations, "/limitPrice", type, type.hasLimitPrice(), change.limitPrice());
    surplus(violations, "/stopPrice", type, type.hasStopPrice(), change.stopPrice());
    violations.throwIfAny();
  }

  private static void price(
      Violations violations,
      String pointer,
      OrderType type,
      boolean demanded,
      @Nullable BigDecimal price) {
    if (demanded && price == null) {
      violations.add(pointer, "required", "An order of type " + type + " needs this price.");
    }
    surplus(violations, pointer, type, demanded, price);
  }

  private static void surplus(
      Violations violations,
      String pointer,
      OrderType type,
      boolean demanded,
      @Nullable BigDecimal price) {
    if (!demanded && price != null) {
      violations.add(pointer, "not_applicable", "An order of type " + type + " has no such price.");
    }
  }
}
