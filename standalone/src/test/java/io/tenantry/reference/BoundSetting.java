package io.tenantry.reference;

import io.tenantry.credentials.startup.SettingNames;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** One property, bound to its record as the application binds it. */
final class BoundSetting {

  /** One of these is acceptable to every property there is; a new kind adds its own. */
  private static final List<String> VALUES =
      List.of(
          "2",
          "3",
          "10",
          "50",
          "true",
          "false",
          "1s",
          "2s",
          "3s",
          "4s",
          "300ms",
          "2m",
          "1h",
          "2KB",
          "2MB",
          "verify-full",
          "https://other.example",
          "other",
          "0.5",
          "a,b");

  /** What a property takes that is a list of records: one entry of it, for each value above. */
  private static final Map<String, Map<String, String>> ENTRIES =
      Map.of(
          "tenantry.security.issuers",
          Map.of("[0].uri", "%s", "[0].jwks-uri", "https://keys.example/%s", "[0].tenants", "any"));

  private final Setting setting;
  private final Class<?> type;

  private BoundSetting(Setting setting, Class<?> type) {
    this.setting = setting;
    this.type = type;
  }

  static BoundSetting of(Setting setting) {
    try {
      return new BoundSetting(setting, Class.forName(setting.source()));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With nothing set. */
  @Nullable Object standard() {
    return read(new MapPropertySource("nothing", Map.of()));
  }

  @Nullable Object property(String value) {
    return read(new MapPropertySource("file", entries(value)));
  }

  @Nullable Object variable(String value) {
    Map<String, Object> variables = new HashMap<>();
    entries(value)
        .forEach(
            (name, entry) ->
                variables.put(
                    SettingNames.variable(name.replaceAll("\\[([0-9]+)]", ".$1")), entry));
    return read(new SystemEnvironmentPropertySource("systemEnvironment", variables));
  }

  private Map<String, Object> entries(String value) {
    Map<String, Object> all = new HashMap<>();
    ENTRIES
        .getOrDefault(setting.name(), Map.of("", "%s"))
        .forEach((ending, form) -> all.put(setting.name() + ending, form.formatted(value)));
    return all;
  }

  /** A value that it takes and that is not its default. */
  String otherValue() {
    Object standard = standard();
    return Stream.concat(constants(), VALUES.stream())
        .filter(value -> taken(value, standard))
        .findFirst()
        .orElseThrow(() -> new AssertionError(setting.name() + " takes none of " + VALUES));
  }

  private Stream<String> constants() {
    try {
      Object[] constants =
          setting.type().startsWith("io.tenantry.")
              ? Class.forName(setting.type()).getEnumConstants()
              : null;
      return constants == null ? Stream.of() : Arrays.stream(constants).map(String::valueOf);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean taken(String value, @Nullable Object standard) {
    try {
      return !Objects.equals(property(value), standard);
    } catch (BindException e) {
      return false;
    }
  }

  static boolean isNothing(@Nullable Object value) {
    return value == null
        || value.equals("")
        || value.equals(Optional.empty())
        || (value instanceof Collection<?> many && many.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty());
  }

  private @Nullable Object read(PropertySource<?> source) {
    MutablePropertySources sources = new MutablePropertySources();
    sources.addFirst(source);
    Object bound =
        new Binder(ConfigurationPropertySources.from(sources)).bindOrCreate(setting.prefix(), type);
    try {
      Method component = type.getDeclaredMethod(setting.component());
      component.setAccessible(true);
      return component.invoke(bound);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
