package io.tenantry.persistence.orders;

/** How far an order has come. */
public enum OrderStatus {
  NEW,
  PARTIALLY_FILLED,
  FILLED,
  CANCELLED,
  REJECTED;

  /** Whether the order may still be changed, filled or cancelled. */
  public boolean isOpen() {
    return this == NEW || this == PARTIALLY_FILLED;
  }
}
