package io.tenantry.api.limits;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.LimitExceededException;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/**
 * A request beyond its tenant's rate. Its headers are those of the IETF draft on RateLimit fields;
 * answers that are given have none, so that a tenant's answers stay equal.
 *
 * @param burst requests at once
 * @param window after which an empty bucket is full
 * @param remaining whole requests that are left now
 * @param pause until the next request may be sent
 */
public record RequestRefusal(int burst, Duration window, long remaining, Duration pause) {

  /** Says in {@code response} what the limit is, and gives back the failure to be thrown. */
  public LimitExceededException answer(HttpServletResponse response) {
    response.setHeader("RateLimit-Policy", policy());
    response.setHeader("RateLimit", limit());
    return failure();
  }

  String policy() {
    return "\"tenant\";q=" + burst + ";w=" + window.toSeconds();
  }

  String limit() {
    return "\"tenant\";r=" + remaining + ";t=" + failure().retryAfterSeconds();
  }

  LimitExceededException failure() {
    return new LimitExceededException(
        ErrorCode.RATE_LIMIT_EXCEEDED,
        "The tenant has sent more requests than it may.",
        pause.isPositive() ? pause : Duration.ofSeconds(1));
  }
}
