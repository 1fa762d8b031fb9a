package io.tenantry.persistence;

import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/** The serving side as the api has it, against a database of the tests. */
public final class Serving implements AutoCloseable {

  private final ConfigurableApplicationContext context;

  private Serving(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts with the given settings over the defaults. */
  public static Serving start(
      DatabaseAddress address, CredentialSource credentials, Map<String, Object> settings) {
    return start(address, credentials, settings, context -> {});
  }

  /** As above; {@code beans} may replace what the configuration makes. */
  public static Serving start(
      DatabaseAddress address,
      CredentialSource credentials,
      Map<String, Object> settings,
      Consumer<GenericApplicationContext> beans) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("spring.main.banner-mode", "off");
    all.put("spring.main.log-startup-info", "false");
    all.put("spring.main.allow-bean-definition-overriding", "true");
    all.put("tenantry.pool.size", "2");
    all.putAll(settings);
    return new Serving(
        new SpringApplicationBuilder(TestApplication.class)
            .web(WebApplicationType.NONE)
            .properties(all)
            .initializers(
                context -> {
                  GenericApplicationContext generic = (GenericApplicationContext) context;
                  generic.registerBean(DatabaseAddress.class, () -> address);
                  generic.registerBean(CredentialSource.class, () -> credentials);
                  beans.accept(generic);
                })
            .run());
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(PersistenceConfiguration.class)
  static class TestApplication {}
}
