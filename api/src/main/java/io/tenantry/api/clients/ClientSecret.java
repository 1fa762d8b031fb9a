package io.tenantry.api.clients;

import io.tenantry.persistence.validation.Violations;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client's new secret. Prints without it.
 *
 * @param value in clear
 * @param madeHere whether the caller has to be told; it knows the one that it gave
 */
record ClientSecret(String value, boolean madeHere) {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int RANDOM_BYTES = 32;

  /** bcrypt reads 72 bytes; what comes after them would not count. */
  private static final Pattern ACCEPTED = Pattern.compile("[\\x21-\\x7E]{24,72}");

  static void check(@Nullable String given, Violations violations) {
    if (given != null && !ACCEPTED.matcher(given).matches()) {
      violations.add(
          "/secret",
          "pattern",
          "It takes 24 to 72 visible ASCII characters without spaces; leave it out to have one"
              + " made.");
    }
  }

  /** The one that was given, checked; a new one of 256 bits for null. */
  static ClientSecret of(@Nullable String given) {
    if (given != null) {
      return new ClientSecret(given, false);
    }
    byte[] bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    return new ClientSecret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), true);
  }

  /** The secret where the caller has to be told, else null. */
  @Nullable String shown() {
    return madeHere ? value : null;
  }

  @Override
  public String toString() {
    return "ClientSecret[madeHere=" + madeHere + "]";
  }
}
