package io.tenantry.credentials.variables;

import io.tenantry.credentials.LoginCredentials;
import io.tenantry.credentials.startup.UnknownSettings;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.logging.impl.NoOpLog;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The settings of a command, which is no Spring application: from environment variables alone, the
 * same ones as those of the executables. Immutable, thread-safe.
 */
public final class CommandSettings {

  private final Binder binder;
  private final DatabaseVariables earlier;

  private CommandSettings(Binder binder, DatabaseVariables earlier) {
    this.binder = binder;
    this.earlier = earlier;
  }

  /**
   * Reads them.
   *
   * @throws TenantryException with {@code setting_invalid} for one that does not exist, or cannot
   *     be used
   */
  public static CommandSettings read(Map<String, String> variables) {
    UnknownSettings.demandKnown(variables);
    StandardEnvironment environment = new StandardEnvironment();
    String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
    environment
        .getPropertySources()
        .replace(name, new SystemEnvironmentPropertySource(name, Map.copyOf(variables)));
    // Silent: what a command prints is read by programs. It says itself where it looks.
    new EarlierVariables(log -> new NoOpLog())
        .postProcessEnvironment(environment, new SpringApplication());
    return new CommandSettings(
        Binder.get(environment),
        DatabaseVariables.read(one -> environment.getProperty(one.toLowerCase(Locale.ROOT))));
  }

  /**
   * A record of settings, with its defaults for what is not given.
   *
   * @param type annotated with its prefix
   * @throws TenantryException with {@code setting_invalid} for a value that is not taken
   */
  public <T> T of(Class<T> type) {
    ConfigurationProperties properties =
        AnnotatedElementUtils.findMergedAnnotation(type, ConfigurationProperties.class);
    if (properties == null) {
      throw new IllegalArgumentException(type + " is no record of settings.");
    }
    try {
      return binder.bindOrCreate(properties.prefix(), type);
    } catch (BindException e) {
      throw invalid(e);
    }
  }

  /** One value as it was given, empty when it was not. */
  public Optional<String> given(String property) {
    return Optional.ofNullable(binder.bind(property, String.class).orElse(null));
  }

  /**
   * User and password of the variables of earlier systems, for what sets up or migrates a database
   * on that host; empty when none are given, or for another host alone.
   */
  public Optional<LoginCredentials> login(String host) {
    return earlier.login(host);
  }

  /** The record's own words where it has some; values of others than ours are never shown. */
  private static TenantryException invalid(BindException failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return new TenantryException(
        ErrorCode.SETTING_INVALID,
        failure.getName() + " cannot be used: " + deepest.getMessage(),
        failure);
  }
}
