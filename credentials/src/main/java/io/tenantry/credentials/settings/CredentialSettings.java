package io.tenantry.credentials.settings;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where logins and keys are.
 *
 * @param directory the folder of secret files, each closed to other users
 */
@ConfigurationProperties("tenantry.credentials")
public record CredentialSettings(@DefaultValue(".tenantry/secrets") Path directory) {}
