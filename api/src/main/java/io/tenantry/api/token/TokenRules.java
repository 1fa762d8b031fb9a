package io.tenantry.api.token;

import io.tenantry.tenancy.error.TenantryException;
import java.util.Collection;
import java.util.List;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;

/** What a token has to say, beyond being signed. */
final class TokenRules {

  private TokenRules() {}

  static OAuth2TokenValidator<Jwt> of(Collection<String> issuers, SecuritySettings settings) {
    JwtTimestampValidator times = new JwtTimestampValidator(settings.clockSkew());
    // Without this a token that never expires would be taken.
    times.setAllowEmptyExpiryClaim(false);
    return new DelegatingOAuth2TokenValidator<>(
        List.of(
            new JwtTypeValidator(TokenClaims.ACCESS_TOKEN_TYPE),
            new JwtClaimValidator<Object>(
                JwtClaimNames.ISS, iss -> iss != null && issuers.contains(iss.toString())),
            new JwtClaimValidator<Collection<String>>(
                JwtClaimNames.AUD, aud -> aud != null && aud.contains(settings.audience())),
            new JwtClaimValidator<Object>(
                JwtClaimNames.SUB, sub -> sub instanceof String text && !text.isBlank()),
            times,
            TokenRules::tenant));
  }

  private static OAuth2TokenValidatorResult tenant(Jwt token) {
    try {
      TokenClaims.tenant(token);
      return OAuth2TokenValidatorResult.success();
    } catch (TenantryException e) {
      return OAuth2TokenValidatorResult.failure(
          new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, "tenant_id is no UUID", null));
    }
  }
}
