package io.tenantry.credentials.startup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Every setting of every executable, since one file of settings serves them all. Immutable,
 * thread-safe.
 */
final class KnownSettings {

  static final String OURS = "tenantry";

  private static final String VARIABLES = "TENANTRY_";
  private static final String ANY_ENDING = "*";

  private final List<String> properties;
  private final List<String> variables;
  private final Set<ConfigurationPropertyName> exact = new LinkedHashSet<>();
  private final List<ConfigurationPropertyName> open = new ArrayList<>();
  private final Set<String> exactVariables = new LinkedHashSet<>();
  private final List<String> openVariables = new ArrayList<>();

  private KnownSettings(List<String> properties, List<String> variables) {
    this.properties = properties;
    this.variables = variables;
    for (String property : properties) {
      ConfigurationPropertyName name = ConfigurationPropertyName.of(withoutEnding(property));
      exact.add(name);
      if (property.endsWith(ANY_ENDING)) {
        open.add(name);
      }
      // Spring Boot takes a variable with the hyphens left out, and with underscores for them.
      for (String hyphen : List.of("", "_")) {
        know(property.replace('.', '_').replace("-", hyphen).toUpperCase(Locale.ROOT));
      }
    }
    variables.forEach(this::know);
  }

  private void know(String variable) {
    if (variable.endsWith(ANY_ENDING)) {
      openVariables.add(withoutEnding(variable));
    }
    exactVariables.add(withoutEnding(variable));
  }

  private static String withoutEnding(String name) {
    return name.endsWith(ANY_ENDING) ? name.substring(0, name.length() - 1) : name;
  }

  /** Those that this version has. */
  static KnownSettings all() {
    return Held.ALL;
  }

  static KnownSettings of(List<String> properties, List<String> variables) {
    return new KnownSettings(List.copyOf(properties), List.copyOf(variables));
  }

  /** Whether it is a property of ours, in any spelling that binding takes, or somebody else's. */
  boolean knows(String property) {
    ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
    if (name.getNumberOfElements() == 0
        || !name.getElement(0, ConfigurationPropertyName.Form.UNIFORM).equals(OURS)) {
      return true;
    }
    return exact.contains(name) || open.stream().anyMatch(map -> map.isAncestorOf(name));
  }

  /** Whether it is an environment variable of ours, or somebody else's. */
  boolean knowsVariable(String variable) {
    String name = variable.toUpperCase(Locale.ROOT);
    return !name.startsWith(VARIABLES)
        || exactVariables.contains(name)
        || openVariables.stream().anyMatch(name::startsWith);
  }

  String nearest(String property) {
    return nearest(property, properties);
  }

  String nearestVariable(String variable) {
    List<String> all = new ArrayList<>(variables);
    properties.forEach(property -> all.add(SettingNames.variable(property)));
    return nearest(variable.toUpperCase(Locale.ROOT), all);
  }

  private static String nearest(String name, Collection<String> names) {
    return names.stream()
        .min(Comparator.comparingInt(known -> EditDistance.between(name, known)))
        .orElseThrow();
  }

  private static List<String> lines(String file) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(KnownSettings.class.getResourceAsStream(file), file),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\\|", -1)[0].strip())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("While reading " + file, e);
    }
  }

  private static final class Held {
    static final KnownSettings ALL = of(lines("properties.txt"), lines("variables.txt"));
  }
}
