package io.tenantry.api.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.OAuthFlow;
import io.swagger.v3.oas.models.security.OAuthFlows;
import io.swagger.v3.oas.models.security.Scopes;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the description says beside what the controllers themselves tell. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DocsSettings.class)
class OpenApiConfiguration {

  private static final String SCHEME = "token";

  @Bean
  OpenAPI description() {
    Scopes scopes =
        new Scopes()
            .addString("tenant:read", "Read the tenant's data")
            .addString("tenant:write", "Change the tenant's data")
            .addString("platform:read", "Read tenants and operations")
            .addString("platform:write", "Create and change tenants");
    OAuthFlow clientCredentials = new OAuthFlow().tokenUrl("/oauth2/token").scopes(scopes);
    return new OpenAPI()
        .info(
            new Info()
                .title("Tenantry")
                .version("v1")
                .description("One tenant's data under /v1, the platform under /admin/v1."))
        .components(
            new Components()
                .addSecuritySchemes(
                    SCHEME,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.OAUTH2)
                        .flows(new OAuthFlows().clientCredentials(clientCredentials))))
        .addSecurityItem(new SecurityRequirement().addList(SCHEME));
  }
}
