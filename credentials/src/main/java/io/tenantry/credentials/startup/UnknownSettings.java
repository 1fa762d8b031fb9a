package io.tenantry.credentials.startup;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Stops the start when a setting of ours is given that does not exist: a mistyped limit would
 * otherwise silently stay at its default. Runs after all other sources of settings are there.
 */
public final class UnknownSettings implements EnvironmentPostProcessor, Ordered {

  private final KnownSettings known;

  /** As Spring Boot makes it. */
  public UnknownSettings() {
    this(KnownSettings.all());
  }

  UnknownSettings(KnownSettings known) {
    this.known = known;
  }

  /**
   * Demands that all variables that begin with {@code TENANTRY_} are known; for what starts before
   * any Spring context does.
   *
   * @throws TenantryException with {@code setting_invalid}, naming all that are not
   */
  public static void demandKnown(Map<String, String> variables) {
    Map<String, String> unknown = new TreeMap<>();
    new UnknownSettings().collect(variables, unknown);
    refuse(unknown);
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    Map<String, String> unknown = new TreeMap<>();
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof SystemEnvironmentPropertySource variables) {
        for (String name : variables.getPropertyNames()) {
          collect(Map.of(name, String.valueOf(variables.getProperty(name))), unknown);
        }
      } else if (source instanceof EnumerablePropertySource<?> properties) {
        for (String name : properties.getPropertyNames()) {
          if (!known.knows(name)) {
            unknown.put(name, known.nearest(name));
          }
        }
      }
    }
    refuse(unknown);
  }

  private void collect(Map<String, String> variables, Map<String, String> unknown) {
    variables.forEach(
        (name, value) -> {
          if (!known.knowsVariable(name) && !ServiceLinks.isOne(name, value)) {
            unknown.put(name, known.nearestVariable(name));
          }
        });
  }

  private static void refuse(Map<String, String> unknown) {
    if (unknown.isEmpty()) {
      return;
    }
    StringBuilder detail = new StringBuilder("There is no such setting:");
    unknown.forEach(
        (name, nearest) ->
            detail
                .append(' ')
                .append(name)
                .append(" (the nearest is ")
                .append(nearest)
                .append(");"));
    detail.setCharAt(detail.length() - 1, '.');
    throw new TenantryException(ErrorCode.SETTING_INVALID, detail.toString());
  }

  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }
}
