package io.tenantry.api.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.security.OAuthFlow;
import io.swagger.v3.oas.models.security.OAuthFlows;
import io.swagger.v3.oas.models.security.Scopes;
import io.swagger.v3.oas.models.security.SecurityScheme;

/** The ways to say who is calling. */
final class Security {

  static final String CLIENT_CREDENTIALS = "clientCredentials";
  static final String BEARER = "bearer";
  static final String CLIENT = "client";

  /** The scope for what ends in data that nobody brings back. */
  static final String PURGE = "platform:purge";

  private Security() {}

  static void addTo(Components components) {
    Scopes scopes =
        new Scopes()
            .addString("tenant:read", "Read the tenant's data")
            .addString("tenant:write", "Change the tenant's data")
            .addString("platform:read", "Read tenants and operations")
            .addString("platform:write", "Create and change tenants")
            .addString(PURGE, "Remove tenants for good, lift legal holds, take back what runs did");
    OAuthFlow flow = new OAuthFlow().tokenUrl("/oauth2/token").scopes(scopes);
    components
        .addSecuritySchemes(
            CLIENT_CREDENTIALS,
            new SecurityScheme()
                .type(SecurityScheme.Type.OAUTH2)
                .description("A token of the built-in issuer, by client id and secret.")
                .flows(new OAuthFlows().clientCredentials(flow)))
        .addSecuritySchemes(
            BEARER,
            new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .bearerFormat("JWT")
                .description("A token that there is already, of any issuer trusted here."))
        .addSecuritySchemes(
            CLIENT,
            new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("basic")
                .description("Client id and secret; for the token alone."));
  }
}
