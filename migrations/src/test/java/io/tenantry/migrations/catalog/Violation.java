package io.tenantry.migrations.catalog;

import io.tenantry.tenancy.finding.FindingCode;

/**
 * A way to break the platform by hand.
 *
 * @param object what the finding names
 * @param mend undoes {@code breaking}
 */
record Violation(String breaking, FindingCode code, String object, String mend) {

  static Violation by(String breaking, FindingCode code, String object, String mend) {
    return new Violation(breaking, code, object, mend);
  }

  @Override
  public String toString() {
    return breaking;
  }
}
