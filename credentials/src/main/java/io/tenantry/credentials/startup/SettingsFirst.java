package io.tenantry.credentials.startup;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.Environment;

/**
 * Binds every record of settings before the first bean is made. Otherwise a wrong value is found
 * when pools and threads run already, and what it says drowns in what they say while they stop.
 */
final class SettingsFirst implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    context.addBeanFactoryPostProcessor(beans -> bindAll(beans, context.getEnvironment()));
  }

  private static void bindAll(ConfigurableListableBeanFactory beans, Environment environment) {
    Binder binder = Binder.get(environment);
    for (String name : beans.getBeanDefinitionNames()) {
      if (name.startsWith(KnownSettings.OURS + ".")) {
        Class<?> type = beans.getType(name, false);
        ConfigurationProperties settings =
            type == null
                ? null
                : AnnotatedElementUtils.findMergedAnnotation(type, ConfigurationProperties.class);
        if (type != null && settings != null) {
          binder.bindOrCreate(settings.prefix(), type);
        }
      }
    }
  }
}
