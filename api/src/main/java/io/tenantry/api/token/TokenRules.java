package io.tenantry.api.token;

import io.tenantry.tenancy.error.TenantryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;

/** What a token has to say, beyond being signed; what that is depends on who issued it. */
final class TokenRules implements OAuth2TokenValidator<Jwt> {

  // It is written to logs and audit events, as part of a name.
  private static final Pattern SUBJECT = Pattern.compile("[^\\p{Cc}\\p{Zl}\\p{Zp}]{1,255}");

  private final Map<String, TrustedIssuer> issuers;
  private final JwtTimestampValidator times;

  TokenRules(Map<String, TrustedIssuer> issuers, SecuritySettings settings) {
    this.issuers = Map.copyOf(issuers);
    this.times = new JwtTimestampValidator(settings.clockSkew());
    // Without this a token that never expires would be taken.
    times.setAllowEmptyExpiryClaim(false);
  }

  @Override
  public OAuth2TokenValidatorResult validate(Jwt token) {
    TrustedIssuer issuer = issuers.get(token.getClaimAsString("iss"));
    if (issuer == null) {
      return OAuth2TokenValidatorResult.failure(error("iss is not trusted"));
    }
    List<OAuth2Error> errors = new ArrayList<>(times.validate(token).getErrors());
    if (!issuer.types().contains(type(token))) {
      errors.add(error("typ is not of an access token"));
    }
    List<String> audience = token.getAudience();
    if (audience == null || !audience.contains(issuer.audience())) {
      errors.add(error("aud does not name us"));
    }
    if (!(token.getClaims().get("sub") instanceof String subject)
        || !SUBJECT.matcher(subject).matches()
        || subject.isBlank()) {
      errors.add(error("sub is missing, too long, or has control characters"));
    } else if (issuer.revoked().test(subject)) {
      errors.add(error("the client was revoked"));
    }
    try {
      if (!issuer.speaksFor().test(TokenClaims.tenant(token))) {
        errors.add(error("iss does not speak for this tenant_id"));
      }
    } catch (TenantryException e) {
      errors.add(error("tenant_id is no UUID"));
    }
    return OAuth2TokenValidatorResult.failure(errors);
  }

  private static String type(Jwt token) {
    Object type = token.getHeaders().get("typ");
    return type == null ? "" : type.toString().toLowerCase(Locale.ROOT);
  }

  private static OAuth2Error error(String reason) {
    return new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, reason, null);
  }
}
