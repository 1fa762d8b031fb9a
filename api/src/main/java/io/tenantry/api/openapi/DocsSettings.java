package io.tenantry.api.openapi;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The description of the interface.
 *
 * @param enabled whether {@code /openapi.json} and {@code /docs} answer
 */
@ConfigurationProperties("tenantry.docs")
public record DocsSettings(@DefaultValue("true") boolean enabled) {}
