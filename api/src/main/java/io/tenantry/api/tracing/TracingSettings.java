package io.tenantry.api.tracing;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where traces go.
 *
 * @param endpoint takes OTLP over HTTP, the whole URL, such as {@code
 *     http://collector:4318/v1/traces}; nothing is sent while it is not set
 * @param sample the share of requests that are traced, 0 to 1; a caller's own traceparent decides
 *     for its request
 */
@ConfigurationProperties("tenantry.tracing")
public record TracingSettings(@Nullable String endpoint, @DefaultValue("0.1") double sample) {

  public TracingSettings {
    if (endpoint != null && !endpoint.isBlank() && !isHttp(endpoint)) {
      throw new IllegalArgumentException(
          // Not shown: it could have a password in it.
          "tenantry.tracing.endpoint is no http or https URL without a user.");
    }
    if (!(sample >= 0 && sample <= 1)) {
      throw new IllegalArgumentException(
          "tenantry.tracing.sample is " + sample + "; it takes 0 to 1.");
    }
  }

  boolean enabled() {
    return endpoint != null && !endpoint.isBlank();
  }

  private static boolean isHttp(String text) {
    try {
      URI uri = URI.create(text);
      return uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getScheme().matches("https?");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
