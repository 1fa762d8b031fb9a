package io.tenantry.credentials.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How capabilities are signed.
 *
 * @param lifetime how long one is good for, 1 s to 5 s, in whole seconds; what is missing to 5 is
 *     how far this machine's clock may run ahead of the database's
 */
@ConfigurationProperties("tenantry.capability")
public record CapabilitySettings(@DefaultValue("4s") Duration lifetime) {}
