package io.tenantry.migrations.application;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where logins and keys come from.
 *
 * @param directory a folder of files, one secret a file
 */
@ConfigurationProperties("tenantry.credentials")
record CredentialsProperties(@DefaultValue(".tenantry/secrets") Path directory) {}
