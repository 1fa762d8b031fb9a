package io.tenantry.api.token;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.security.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Verifies a token with the keys of the issuer that it names, and no other's. Thread-safe.
 *
 * <p>A token that is no good is a {@code BadJwtException}; keys that cannot be read are not the
 * token's fault, and a {@code TenantryException} with {@code issuer_unavailable}.
 */
final class TokenDecoder implements JwtDecoder {

  private final Map<String, TrustedIssuer> issuers;
  private final NimbusJwtDecoder decoder;

  TokenDecoder(Map<String, TrustedIssuer> issuers, SecuritySettings settings) {
    this.issuers = Map.copyOf(issuers);
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWTClaimsSetAwareJWSKeySelector((header, claims, _) -> keys(header, claims));
    processor.setJWSVerifierFactory(new AcceptedVerifiers());
    // Type and claims are for the rules, which know whose token it is.
    processor.setJWSTypeVerifier((_, _) -> {});
    processor.setJWTClaimsSetVerifier((_, _) -> {});
    this.decoder = new NimbusJwtDecoder(processor);
    decoder.setJwtValidator(new TokenRules(issuers, settings));
  }

  @Override
  public Jwt decode(String token) {
    TokenSpelling.demandOne(token);
    try {
      return decoder.decode(token);
    } catch (BadJwtException e) {
      throw e;
    } catch (JwtException e) {
      if (e.getCause() instanceof KeySourceException) {
        throw new TenantryException(
            ErrorCode.ISSUER_UNAVAILABLE, "The keys of the token's issuer cannot be read.", e);
      }
      throw new BadJwtException("The token cannot be verified.", e);
    }
  }

  private List<Key> keys(JWSHeader header, JWTClaimsSet claims) throws KeySourceException {
    String named = claims.getIssuer();
    TrustedIssuer issuer = named == null ? null : issuers.get(named);
    if (issuer == null || !AcceptedKeys.accepts(header)) {
      return List.of();
    }
    JWKSelector selector = new JWKSelector(JWKMatcher.forJWSHeader(header));
    return issuer.keys().get(selector, null).stream()
        .map(AcceptedKeys::of)
        .flatMap(Optional::stream)
        .toList();
  }
}
