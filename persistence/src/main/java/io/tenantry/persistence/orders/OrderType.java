package io.tenantry.persistence.orders;

/** What triggers an order, and which prices it therefore carries. */
public enum OrderType {
  MARKET(false, false),
  LIMIT(true, false),
  STOP(false, true),
  STOP_LIMIT(true, true);

  private final boolean limitPrice;
  private final boolean stopPrice;

  OrderType(boolean limitPrice, boolean stopPrice) {
    this.limitPrice = limitPrice;
    this.stopPrice = stopPrice;
  }

  /** Whether an order of this type has a limit price; if not, it must have none. */
  public boolean hasLimitPrice() {
    return limitPrice;
  }

  /** Whether an order of this type has a stop price; if not, it must have none. */
  public boolean hasStopPrice() {
    return stopPrice;
  }
}
