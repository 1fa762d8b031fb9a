package io.tenantry.api.token;

import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;

/**
 * Names callers, for the audit and whatever else keeps them apart: a client of this platform by its
 * id, anybody else by issuer, space and subject. Ids have no spaces, so nobody elsewhere is taken
 * for a client of the same name. Thread-safe.
 */
public final class CallerNames implements Converter<Jwt, AbstractAuthenticationToken> {

  private final Set<String> ownIssuers;
  private final JwtGrantedAuthoritiesConverter scopes = new JwtGrantedAuthoritiesConverter();

  /**
   * @param ownIssuers those whose subjects are clients of this platform
   */
  CallerNames(Set<String> ownIssuers) {
    this.ownIssuers = Set.copyOf(ownIssuers);
  }

  @Override
  public AbstractAuthenticationToken convert(Jwt token) {
    String issuer = token.getClaimAsString("iss");
    // The rules have let no token through without one.
    String subject = Objects.requireNonNull(token.getSubject());
    String name = ownIssuers.contains(issuer) ? subject : issuer + " " + subject;
    Collection<GrantedAuthority> authorities = scopes.convert(token);
    return new JwtAuthenticationToken(token, authorities, name);
  }
}
