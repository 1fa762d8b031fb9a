package io.tenantry.api.tracing;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;

/**
 * Turns our settings of tracing into Spring Boot's, which decide by their mere presence whether an
 * exporter is made; so this comes before any bean.
 */
public final class TracingInitializer
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private static final String DEFAULTS = "defaultProperties";

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    ConfigurableEnvironment environment = context.getEnvironment();
    TracingSettings settings =
        Binder.get(environment).bindOrCreate("tenantry.tracing", TracingSettings.class);
    if (!settings.enabled()) {
      return;
    }
    Map<String, Object> properties = new HashMap<>();
    properties.put("management.tracing.export.otlp.enabled", true);
    properties.put("management.tracing.sampling.probability", settings.sample());
    properties.put(
        "management.opentelemetry.tracing.export.otlp.endpoint",
        String.valueOf(settings.endpoint()).strip());
    MapPropertySource ours = new MapPropertySource("tenantryTracing", properties);
    MutablePropertySources sources = environment.getPropertySources();
    if (sources.contains(DEFAULTS)) {
      sources.addBefore(DEFAULTS, ours);
    } else {
      sources.addLast(ours);
    }
  }
}
