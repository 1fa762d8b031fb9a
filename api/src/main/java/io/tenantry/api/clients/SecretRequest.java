package io.tenantry.api.clients;

import io.tenantry.api.idempotency.SecretGiven;
import io.tenantry.persistence.validation.Violations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The body that replaces a client's secret. Prints without it.
 *
 * @param secret null: one is made, and shown in the answer
 * @param overlapSeconds how long the secret before works on, 0 to 604800; null: 86400
 */
record SecretRequest(@Nullable String secret, @Nullable Integer overlapSeconds)
    implements SecretGiven {

  private static final int DEFAULT_OVERLAP = 86_400;
  private static final int LONGEST_OVERLAP = 604_800;

  static final SecretRequest EMPTY = new SecretRequest(null, null);

  /** Refuses what is not acceptable, all of it at once. */
  void check() {
    Violations violations = new Violations();
    ClientSecret.check(secret, violations);
    if (overlapSeconds != null && (overlapSeconds < 0 || overlapSeconds > LONGEST_OVERLAP)) {
      violations.add("/overlapSeconds", "out_of_range", "It takes 0 to " + LONGEST_OVERLAP + ".");
    }
    violations.throwIfAny();
  }

  Duration overlap() {
    return Duration.ofSeconds(overlapSeconds == null ? DEFAULT_OVERLAP : overlapSeconds);
  }

  @Override
  public boolean secretGiven() {
    return secret != null;
  }

  @Override
  public String toString() {
    return "SecretRequest[overlapSeconds=" + overlapSeconds + "]";
  }
}
