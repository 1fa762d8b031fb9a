package io.tenantry.api.issuer;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ClientCredentialsAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Gives a client that names no scope all of its scopes (RFC 6749, section 3.3); the library gives
 * it a token that may do nothing.
 */
final class AllScopesUnlessSaid implements AuthenticationConverter {

  private final AuthenticationConverter standard =
      new OAuth2ClientCredentialsAuthenticationConverter();

  @Override
  public @Nullable Authentication convert(HttpServletRequest request) {
    Authentication asked = standard.convert(request);
    if (asked instanceof OAuth2ClientCredentialsAuthenticationToken grant
        && grant.getScopes().isEmpty()
        && grant.getPrincipal() instanceof OAuth2ClientAuthenticationToken client) {
      RegisteredClient registered = client.getRegisteredClient();
      if (registered != null) {
        return new OAuth2ClientCredentialsAuthenticationToken(
            client, registered.getScopes(), grant.getAdditionalParameters());
      }
    }
    return asked;
  }
}
