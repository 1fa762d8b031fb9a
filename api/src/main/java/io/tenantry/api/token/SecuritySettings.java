package io.tenantry.api.token;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which tokens are accepted.
 *
 * @param audience what a token's {@code aud} has to name
 * @param clockSkew how far the issuer's clock may be off, 0 to 30 s
 * @param issuers others whose tokens are believed, beside the built-in issuer where it is on; none
 *     unless said. Each has {@code uri}, {@code jwks-uri} and, where it differs, {@code audience};
 *     and says for whom it may speak: {@code tenants}, a list of tenants' ids or {@code any}, or
 *     {@code platform=true}, or both. {@code built-in=true} marks the built-in issuer of another
 *     instance on the same database
 */
@ConfigurationProperties("tenantry.security")
public record SecuritySettings(
    @DefaultValue("tenantry") String audience,
    @DefaultValue("30s") Duration clockSkew,
    @DefaultValue List<ExternalIssuer> issuers) {

  private static final Duration LARGEST_SKEW = Duration.ofSeconds(30);

  public SecuritySettings {
    if (audience.isBlank()) {
      throw new IllegalArgumentException("tenantry.security.audience is empty.");
    }
    if (clockSkew.isNegative() || clockSkew.compareTo(LARGEST_SKEW) > 0) {
      throw new IllegalArgumentException(
          "tenantry.security.clock-skew is " + clockSkew + "; it takes 0s to 30s.");
    }
    Set<String> uris = new HashSet<>();
    for (ExternalIssuer issuer : issuers) {
      if (!uris.add(issuer.uri())) {
        throw new IllegalArgumentException(
            "tenantry.security.issuers names " + issuer.uri() + " twice.");
      }
    }
    issuers = List.copyOf(issuers);
  }
}
