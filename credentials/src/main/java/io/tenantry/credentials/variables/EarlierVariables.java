package io.tenantry.credentials.variables;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Sets {@code tenantry.database.*} from the variables of earlier systems, where nothing of ours is
 * set. User and password are left alone: one pair cannot stand for the several logins there are.
 */
final class EarlierVariables implements EnvironmentPostProcessor, Ordered {

  static final String SOURCE = "variables of earlier systems";

  private final Log log;

  EarlierVariables(DeferredLogFactory logs) {
    this.log = logs.getLog(EarlierVariables.class);
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    if (isSet(environment, DatabaseVariables.HOST)
        && isSet(environment, DatabaseVariables.NAME)
        && isSet(environment, DatabaseVariables.SSL_MODE)) {
      // All is said, so that a variable meant for another program cannot be in the way.
      return;
    }
    // Lower case finds both the variable and a key of SPRING_APPLICATION_JSON or a file.
    Map<String, DatabaseVariables.Origin> given =
        DatabaseVariables.read(name -> environment.getProperty(name.toLowerCase(Locale.ROOT)))
            .properties();
    if (isSet(environment, DatabaseVariables.HOST)) {
      given.remove(DatabaseVariables.PORT);
    }
    given.keySet().removeIf(property -> isSet(environment, property));
    if (given.isEmpty()) {
      return;
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    given.forEach((property, origin) -> properties.put(property, origin.value()));
    environment.getPropertySources().addLast(new MapPropertySource(SOURCE, properties));
    log.info(
        "From the environment: "
            + given.entrySet().stream()
                .map(
                    one ->
                        one.getKey()
                            + "="
                            + one.getValue().value()
                            + " ("
                            + one.getValue().variable()
                            + ")")
                .collect(Collectors.joining(", ")));
  }

  private static boolean isSet(ConfigurableEnvironment environment, String property) {
    return Binder.get(environment).bind(property, String.class).isBound();
  }

  /** After files of settings are read, before unknown ones are looked for. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE - 10;
  }
}
