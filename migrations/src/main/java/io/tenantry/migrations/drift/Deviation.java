package io.tenantry.migrations.drift;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing in which a schema is not what it should be.
 *
 * @param kind what it is, in words: {@code column}, {@code comment of table}
 * @param object which one, without the schema; what belongs to a table has its name in front
 * @param found how it is; null: it is not there
 * @param expected how it should be; null: it should not be there
 */
public record Deviation(
    String kind, String object, @Nullable String found, @Nullable String expected) {

  /** That they are there is all that there is to say of them. */
  private static final Set<String> PLAIN = Set.of("there", "logged");

  private static final String STATE = "state of ";
  private static final int LONGEST = 120;

  /**
   * In one line, without what both have in common where that is long: {@code column
   * desk_orders.note is text, should be character varying(10)}.
   */
  @Override
  public String toString() {
    String what = kind + " " + object;
    if (found == null) {
      return what + " is missing" + (expected == null ? "" : detail(", should be ", expected));
    }
    if (expected == null) {
      return kind.startsWith(STATE)
          ? what.substring(STATE.length()) + " is " + found
          : what + " is not expected" + detail(": ", found);
    }
    String is = inLine(found);
    String should = inLine(expected);
    int common = common(is, should);
    return what + " is " + shown(is, common) + ", should be " + shown(should, common);
  }

  private static String detail(String before, String text) {
    return PLAIN.contains(text) ? "" : before + shown(inLine(text), 0);
  }

  /** Where they begin to differ, at a word's beginning; 0 when that is near. */
  private static int common(String one, String other) {
    int at = 0;
    int word = 0;
    while (at < one.length() && at < other.length() && one.charAt(at) == other.charAt(at)) {
      at++;
      if (one.charAt(at - 1) == ' ') {
        word = at;
      }
    }
    return word > LONGEST / 3 ? word : 0;
  }

  private static String shown(String text, int from) {
    String rest = text.substring(from);
    String cut = rest.length() > LONGEST ? rest.substring(0, LONGEST) + " .." : rest;
    return from == 0 ? cut : ".. " + cut;
  }

  private static String inLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
