package io.tenantry.operations.terminal;

import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * Text without characters that could steer a terminal or turn what is read around: names, cells and
 * messages come from others. Such a character is shown by its number, {@code \}{@code u001b}, which
 * is also how JSON writes it. Stateless.
 */
public final class PlainText {

  private PlainText() {}

  /** Of what has to stay within its line, or its column: line ends and tabs are shown too. */
  public static String line(String text) {
    return shown(text, PlainText::steers);
  }

  /** Of a text with lines of its own. */
  static String lines(String text) {
    return shown(text, point -> point != '\n' && point != '\t' && steers(point));
  }

  private static String shown(String text, IntPredicate hidden) {
    if (text.codePoints().noneMatch(hidden)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (hidden.test(point)) {
                number(shown, point);
              } else {
                shown.appendCodePoint(point);
              }
            });
    return shown.toString();
  }

  private static void number(StringBuilder shown, int point) {
    for (char c : Character.toChars(point)) {
      shown.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
    }
  }

  /** C0, DEL and C1; marks of writing direction and others that are not seen; ends of lines. */
  private static boolean steers(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
