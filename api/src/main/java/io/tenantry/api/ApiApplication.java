package io.tenantry.api;

import io.tenantry.api.tracing.TracingInitializer;
import io.tenantry.persistence.PersistenceConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The process that serves requests. Holds no right to change a schema. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@Import(PersistenceConfiguration.class)
public class ApiApplication {

  private static final String DEFAULTS = "api.properties";

  /** Starts the API alone, against a database that is there already. */
  public static void main(String[] arguments) {
    builder().run(arguments);
  }

  /**
   * The application with its defaults, not started. Properties that are added by {@code
   * properties(...)} come before the defaults; arguments, system properties and the environment
   * before both. The defaults are no {@code application.properties}, since other applications may
   * share the class path.
   */
  public static SpringApplicationBuilder builder() {
    Properties defaults = new Properties();
    try (InputStream file = ApiApplication.class.getResourceAsStream(DEFAULTS)) {
      defaults.load(Objects.requireNonNull(file, DEFAULTS));
    } catch (IOException e) {
      throw new UncheckedIOException("While reading " + DEFAULTS, e);
    }
    return new SpringApplicationBuilder(ApiApplication.class)
        .properties(defaults)
        .initializers(new TracingInitializer());
  }
}
