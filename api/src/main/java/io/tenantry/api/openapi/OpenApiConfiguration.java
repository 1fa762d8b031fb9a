package io.tenantry.api.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the description says: all of it comes from the tables, the controllers only say what is. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DocsSettings.class)
class OpenApiConfiguration {

  @Bean
  OpenAPI description() {
    Components components = new Components();
    Security.addTo(components);
    return new OpenAPI()
        .info(
            new Info()
                .title("Tenantry")
                .version("v1")
                .description("One tenant's data under /v1, the platform under /admin/v1."))
        // Relative: by which name a caller reached this instance is not ours to repeat.
        .servers(List.of(new Server().url("/")))
        .components(components);
  }

  @Bean
  GlobalOpenApiCustomizer describedByTables() {
    return Description::describe;
  }
}
