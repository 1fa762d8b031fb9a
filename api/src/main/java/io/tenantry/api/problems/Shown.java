package io.tenantry.api.problems;

import java.util.regex.Pattern;

/** A caller's own words, made fit to be shown back to it or written to a log. */
public final class Shown {

  private static final int LONGEST = 100;

  // Half a surrogate pair has no UTF-8 form: the writer of the answer would fail on it.
  private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

  private Shown() {}

  /** {@code text} on one line, in at most 100 characters and an ellipsis. */
  public static String brief(String text) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    return CONTROL.matcher(whole(cut)).replaceAll("?");
  }

  static String whole(String text) {
    return LONE_SURROGATE.matcher(text).replaceAll("?");
  }
}
