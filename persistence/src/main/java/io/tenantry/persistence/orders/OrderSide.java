package io.tenantry.persistence.orders;

/** Which way an order goes. */
public enum OrderSide {
  BUY,
  SELL
}
