package io.tenantry.api.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of one HTTP request.
 *
 * @param deadline by when a request is answered, 1 s to 5 min; waiting for a connection and running
 *     statements end with it, and a caller that asks to wait gets its wait on top
 * @param maxBody the largest body taken, 1 KB to 64 MB
 * @param accessLog whether each finished request is logged, in one line
 * @param drain how long an instance that stops still answers new requests, with 503, before it
 *     stops listening, 0 s to 10 s: as long as a balancer takes to notice
 */
@ConfigurationProperties("tenantry.http")
public record HttpSettings(
    @DefaultValue("10s") Duration deadline,
    @DefaultValue("1MB") DataSize maxBody,
    @DefaultValue("true") boolean accessLog,
    @DefaultValue("0s") Duration drain) {

  public HttpSettings {
    if (deadline.compareTo(Duration.ofSeconds(1)) < 0
        || deadline.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException(
          "tenantry.http.deadline is " + deadline + "; it takes 1s to 5m.");
    }
    if (drain.isNegative() || drain.compareTo(Duration.ofSeconds(10)) > 0) {
      throw new IllegalArgumentException(
          "tenantry.http.drain is " + drain + "; it takes 0s to 10s.");
    }
    if (maxBody.compareTo(DataSize.ofKilobytes(1)) < 0
        || maxBody.compareTo(DataSize.ofMegabytes(64)) > 0) {
      throw new IllegalArgumentException(
          "tenantry.http.max-body is " + maxBody + "; it takes 1KB to 64MB.");
    }
  }
}
