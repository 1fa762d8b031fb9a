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
 */
@ConfigurationProperties("tenantry.http")
public record HttpSettings(
    @DefaultValue("10s") Duration deadline, @DefaultValue("1MB") DataSize maxBody) {

  public HttpSettings {
    if (deadline.compareTo(Duration.ofSeconds(1)) < 0
        || deadline.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException(
          "tenantry.http.deadline is " + deadline + "; it takes 1s to 5m.");
    }
    if (maxBody.compareTo(DataSize.ofKilobytes(1)) < 0
        || maxBody.compareTo(DataSize.ofMegabytes(64)) > 0) {
      throw new IllegalArgumentException(
          "tenantry.http.max-body is " + maxBody + "; it takes 1KB to 64MB.");
    }
  }
}
