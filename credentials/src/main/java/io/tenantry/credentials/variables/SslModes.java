package io.tenantry.credentials.variables;

import java.util.List;
import java.util.Locale;

/** What may stand for {@code sslmode}. */
final class SslModes {

  private static final List<String> ALL =
      List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

  private SslModes() {}

  /**
   * In the driver's spelling.
   *
   * @throws IllegalArgumentException when it is none
   */
  static String demand(String mode) {
    String lower = mode.toLowerCase(Locale.ROOT);
    if (!ALL.contains(lower)) {
      throw new IllegalArgumentException("its sslmode is none of " + String.join(", ", ALL));
    }
    return lower;
  }
}
