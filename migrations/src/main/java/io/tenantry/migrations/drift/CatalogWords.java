package io.tenantry.migrations.drift;

import io.tenantry.control.catalog.Fingerprints;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what the catalog prints into what people read. */
final class CatalogWords {

  private static final Map<Character, String> PRIVILEGES =
      Map.ofEntries(
          Map.entry('r', "SELECT"),
          Map.entry('a', "INSERT"),
          Map.entry('w', "UPDATE"),
          Map.entry('d', "DELETE"),
          Map.entry('D', "TRUNCATE"),
          Map.entry('x', "REFERENCES"),
          Map.entry('t', "TRIGGER"),
          Map.entry('m', "MAINTAIN"),
          Map.entry('U', "USAGE"),
          Map.entry('C', "CREATE"),
          Map.entry('X', "EXECUTE"));

  private CatalogWords() {}

  static String named(String text, String schema) {
    return text.replace(Fingerprints.MARK, schema);
  }

  static @Nullable String of(String kind, @Nullable String text, String schema) {
    if (text == null) {
      return null;
    }
    return named(kind.startsWith("grant on ") ? grant(text) : text, schema);
  }

  /** {@code ar*}, and behind a slash who granted it if that was not the owner. */
  private static String grant(String text) {
    int slash = text.lastIndexOf('/');
    String letters = slash < 0 ? text : text.substring(0, slash);
    List<String> words = new ArrayList<>();
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      if (letter == '*') {
        words.add(words.removeLast() + " with grant option");
      } else {
        words.add(PRIVILEGES.getOrDefault(letter, String.valueOf(letter)));
      }
    }
    return String.join(", ", words) + (slash < 0 ? "" : " by " + text.substring(slash + 1));
  }
}
