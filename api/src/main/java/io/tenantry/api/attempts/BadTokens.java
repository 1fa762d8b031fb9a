package io.tenantry.api.attempts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Counts refused tokens by address. Only the refusal gets harder: good tokens from the same address
 * are served, for one misconfigured client behind a proxy must not lock out all the others.
 * Thread-safe.
 */
@Component
public class BadTokens {

  private static final Logger LOG = LoggerFactory.getLogger(BadTokens.class);
  private static final int MOST_SUMMARIES = 10_000;
  private static final Duration SUMMARY = Duration.ofMinutes(1);

  private final Allowance allowance;
  // Addresses of which the log was told in the running minute.
  private final Cache<String, Boolean> told =
      Caffeine.newBuilder().maximumSize(MOST_SUMMARIES).expireAfterWrite(SUMMARY).build();

  public BadTokens(AttemptSettings settings) {
    this.allowance = new Allowance(settings.badTokensPerAddress());
  }

  /**
   * Notes that a token was refused.
   *
   * @return how long the caller has to wait when it had too many refused; empty when not yet, and
   *     then the refusal is for the caller to log
   */
  public Optional<Duration> refused(String remoteAddress) {
    String address = CallerAddress.network(remoteAddress);
    Optional<Duration> wait = allowance.take(address);
    if (wait.isPresent() && told.asMap().putIfAbsent(address, true) == null) {
      LOG.warn(
          "Too many tokens from {} are refused; they are answered with 429, and not logged one by"
              + " one for a minute.",
          address);
    }
    return wait;
  }
}
