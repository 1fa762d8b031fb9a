package io.tenantry.tenancy.finding;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Compares two clocks across a round trip. Stateless. */
public final class ClockSkew {

  private ClockSkew() {}

  /**
   * What to say of the server's clock. It was read at some moment between the two readings here, so
   * only what lies outside of them counts.
   *
   * @param before this machine's clock before the question
   * @param there the server's answer
   * @param after this machine's clock after the answer
   * @param most by how much they may disagree
   */
  public static Optional<Finding> of(Instant before, Instant there, Instant after, Duration most) {
    Duration ahead = Duration.between(after, there);
    Duration behind = Duration.between(there, before);
    boolean isAhead = ahead.compareTo(behind) > 0;
    Duration off = isAhead ? ahead : behind;
    if (off.compareTo(most) <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            FindingCode.CLOCK_SKEWED,
            "clock_timestamp()",
            "The server's clock is %d ms %s this machine's; at most %d ms are expected."
                .formatted(off.toMillis(), isAhead ? "ahead of" : "behind", most.toMillis())));
  }
}
