package io.tenantry.persistence.fills;

/** Whether the order stood in the venue's book, or took from it. */
public enum Liquidity {
  MAKER,
  TAKER
}
