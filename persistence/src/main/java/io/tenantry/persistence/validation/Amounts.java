package io.tenantry.persistence.validation;

import java.math.BigDecimal;

/** The form in which amounts are kept and answered. */
public final class Amounts {

  /** The digits that an amount may have: numeric(38,18). */
  static final int DIGITS = 38;

  /** Of these, after the point. */
  public static final int DIGITS_AFTER_POINT = 18;

  private Amounts() {}

  /**
   * Without trailing zeros, and never in powers of ten. The column pads with zeros: what is
   * answered now is to equal what is read back later.
   */
  public static BigDecimal shortest(BigDecimal amount) {
    BigDecimal stripped = amount.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
