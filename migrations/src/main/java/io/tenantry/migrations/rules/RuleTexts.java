package io.tenantry.migrations.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

/** What the rules say, from {@code rules.properties} beside this class. */
final class RuleTexts {

  private static final Properties TEXTS = read();

  private RuleTexts() {}

  /**
   * One of its texts.
   *
   * @param part what, why or fix
   */
  static String of(Rule rule, String part) {
    String key = rule.id() + "." + part;
    return Objects.requireNonNull(TEXTS.getProperty(key), () -> key + " is not in the file.");
  }

  private static Properties read() {
    Properties texts = new Properties();
    try (InputStream file = RuleTexts.class.getResourceAsStream("rules.properties")) {
      texts.load(new InputStreamReader(Objects.requireNonNull(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }
}
