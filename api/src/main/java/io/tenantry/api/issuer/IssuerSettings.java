package io.tenantry.api.issuer;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The built-in token issuer.
 *
 * @param enabled whether this process issues tokens, and trusts those it issued
 * @param uri what its tokens name as their issuer; an absolute URI without query and fragment. The
 *     address of this process when it is not set
 * @param tokenLifetime how long a token is good for, 1 min to 24 h
 */
@ConfigurationProperties("tenantry.issuer")
public record IssuerSettings(
    @DefaultValue("false") boolean enabled,
    @DefaultValue("http://127.0.0.1:8080") String uri,
    @DefaultValue("15m") Duration tokenLifetime) {

  public IssuerSettings {
    URI parsed = URI.create(uri);
    if (!parsed.isAbsolute() || parsed.getRawQuery() != null || parsed.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "tenantry.issuer.uri is "
              + uri
              + "; it takes an absolute URI without query and fragment.");
    }
    if (tokenLifetime.compareTo(Duration.ofMinutes(1)) < 0
        || tokenLifetime.compareTo(Duration.ofHours(24)) > 0) {
      throw new IllegalArgumentException(
          "tenantry.issuer.token-lifetime is " + tokenLifetime + "; it takes 1m to 24h.");
    }
  }
}
