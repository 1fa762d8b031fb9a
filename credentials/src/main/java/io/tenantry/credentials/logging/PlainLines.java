package io.tenantry.credentials.logging;

import java.util.regex.Pattern;

/**
 * Keeps a logged text from looking like another line, or from moving the terminal's cursor: what
 * goes on after a line break is set in, and control characters are shown as question marks.
 */
final class PlainLines {

  private static final Pattern BREAK_INSIDE = Pattern.compile("\\r?\\n(?!\\z)");
  // Line separators of Unicode too: many a viewer breaks the line there.
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\x{2028}\\x{2029}&&[^\\n\\t]]");

  private static final Pattern BREAK_OF_UNICODE =
      Pattern.compile("[\\x{80}-\\x{9f}\\x{2028}\\x{2029}]");

  private PlainLines() {}

  /**
   * {@code event}, that ends with a line break, such that only its first line begins at the edge.
   */
  static String text(String event) {
    String one = event.endsWith("\r\n") ? event.substring(0, event.length() - 2) + "\n" : event;
    return CONTROL.matcher(BREAK_INSIDE.matcher(one).replaceAll("\n    ")).replaceAll("?");
  }

  /** {@code event}, one line of JSON, without the breaks that JSON allows and viewers follow. */
  static String json(String event) {
    return BREAK_OF_UNICODE
        .matcher(event)
        .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
  }
}
