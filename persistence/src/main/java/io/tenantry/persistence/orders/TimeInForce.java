package io.tenantry.persistence.orders;

/** How long an order stands. */
public enum TimeInForce {
  /** Until it is cancelled. */
  GTC,
  /** Until the end of the day. */
  DAY,
  /** At once, what cannot be filled is cancelled. */
  IOC,
  /** At once and whole, or not at all. */
  FOK
}
