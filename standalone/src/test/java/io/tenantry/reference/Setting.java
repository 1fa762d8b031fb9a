package io.tenantry.reference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One property of ours, as the metadata on the class path has it.
 *
 * @param type the Java type's full name
 * @param defaultValue as it would be written, null where there is none
 * @param description what Javadoc says about it
 * @param source the record that it is a component of
 */
record Setting(
    String name, String type, @Nullable String defaultValue, String description, String source) {

  private static final String AMOUNT = "\\d[\\d,.]*( ?(ms|s|min|m|h|d|B|KB|MB|GB|%))?";
  private static final Pattern RANGE =
      Pattern.compile("(above|at least) " + AMOUNT + "|" + AMOUNT + " to " + AMOUNT);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** All, in the order of their names. */
  static List<Setting> all() {
    try {
      return Collections.list(
              Setting.class
                  .getClassLoader()
                  .getResources("META-INF/spring-configuration-metadata.json"))
          .stream()
          .flatMap(Setting::in)
          .filter(setting -> setting.name().startsWith("tenantry."))
          .sorted(Comparator.comparing(Setting::name))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Setting> in(URL metadata) {
    try (InputStream file = metadata.openStream()) {
      return JSON.readTree(file).path("properties").valueStream().map(Setting::of);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Setting of(JsonNode property) {
    JsonNode standard = property.path("defaultValue");
    return new Setting(
        property.path("name").asString(),
        property.path("type").asString(""),
        standard.isMissingNode()
            ? null
            : standard.isArray()
                ? standard.valueStream().map(JsonNode::asString).collect(Collectors.joining(","))
                : standard.asString(),
        property.path("description").asString("").replaceAll("\\{@code ([^}]*)}", "`$1`"),
        property.path("sourceType").asString(""));
  }

  String simpleType() {
    return type.replaceAll("[a-z_]+\\.(?=[a-zA-Z])", "").replace('$', '.');
  }

  boolean hasManyValues() {
    return type.startsWith("java.util.") && !type.startsWith("java.util.UUID");
  }

  /** A value that is more or less than another: it has to say between which it may be. */
  boolean isAmount() {
    return List.of("Duration", "DataSize", "Integer", "Long", "Double", "BigDecimal")
        .contains(simpleType());
  }

  /** What it takes, as far as the description says; empty for free text. */
  String range() {
    if (type.equals("java.lang.Boolean")) {
      return "true, false";
    }
    Matcher range = RANGE.matcher(description);
    return range.find() ? range.group() : "";
  }

  /** The description without the range. */
  String meaning() {
    return range().isEmpty() ? description : description.replace(", " + range(), "");
  }

  /** The part of the name up to the record's components. */
  String prefix() {
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** The record's component, in Java's spelling. */
  String component() {
    StringBuilder java = new StringBuilder();
    boolean upper = false;
    for (char c : name.substring(name.lastIndexOf('.') + 1).toCharArray()) {
      if (c == '-') {
        upper = true;
      } else {
        java.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return java.toString();
  }
}
