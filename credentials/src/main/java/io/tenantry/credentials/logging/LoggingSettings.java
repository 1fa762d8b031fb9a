package io.tenantry.credentials.logging;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a process logs to its standard output. The console reads the same setting by itself, since it
 * comes before any Spring context.
 *
 * @param format {@code ecs} is a JSON object a line, {@code text} is for people, {@code auto} is
 *     text at a terminal and JSON elsewhere
 */
@ConfigurationProperties("tenantry.logging")
public record LoggingSettings(@DefaultValue("auto") LogFormat format) {}
