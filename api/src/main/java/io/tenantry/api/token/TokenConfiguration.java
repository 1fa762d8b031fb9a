package io.tenantry.api.token;

import io.tenantry.control.RevokedClients;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Gathers the issuers whose tokens are believed. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecuritySettings.class)
class TokenConfiguration {

  private static final Set<String> ACCESS_TOKENS = Set.of(TokenClaims.ACCESS_TOKEN_TYPE);
  // Most issuers do not follow RFC 9068 in this; the audience still has to be ours.
  private static final Set<String> ANY_TOKENS = Set.of(TokenClaims.ACCESS_TOKEN_TYPE, "jwt", "");

  @Bean
  ExternalKeys externalKeys(SecuritySettings settings) {
    return new ExternalKeys(settings.issuers());
  }

  @Bean
  JwtDecoder jwtDecoder(
      ObjectProvider<BuiltInIssuer> builtIn,
      ExternalKeys external,
      SecuritySettings settings,
      RevokedClients clients) {
    Predicate<String> revoked = revoked(clients);
    Map<String, TrustedIssuer> issuers = new HashMap<>();
    for (ExternalIssuer issuer : settings.issuers()) {
      String audience = issuer.audience();
      issuers.put(
          issuer.uri(),
          new TrustedIssuer(
              external.of(issuer),
              audience == null ? settings.audience() : audience,
              issuer.builtIn() ? ACCESS_TOKENS : ANY_TOKENS,
              issuer::speaksFor,
              issuer.builtIn() ? revoked : _ -> false));
    }
    builtIn.ifAvailable(
        own -> {
          TrustedIssuer trusted =
              new TrustedIssuer(own.keys(), settings.audience(), ACCESS_TOKENS, _ -> true, revoked);
          if (issuers.put(own.uri(), trusted) != null) {
            throw new IllegalArgumentException(
                "tenantry.security.issuers names " + own.uri() + ", which is tenantry.issuer.uri.");
          }
        });
    return new TokenDecoder(issuers, settings);
  }

  @Bean
  CallerNames callerNames(ObjectProvider<BuiltInIssuer> builtIn, SecuritySettings settings) {
    Set<String> own = new HashSet<>();
    builtIn.ifAvailable(issuer -> own.add(issuer.uri()));
    for (ExternalIssuer issuer : settings.issuers()) {
      if (issuer.builtIn()) {
        own.add(issuer.uri());
      }
    }
    return new CallerNames(own);
  }

  /** What was never read can tell of nobody that it was not revoked. */
  private static Predicate<String> revoked(RevokedClients clients) {
    return id ->
        clients
            .contains(id)
            .orElseThrow(
                () ->
                    new TenantryException(
                        ErrorCode.DATABASE_UNAVAILABLE,
                        "The revoked clients could not be read yet."));
  }
}
