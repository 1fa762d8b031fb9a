package io.tenantry.operations.database;

/** Says whether what was typed so far ends with a semicolon of its own. */
final class SqlEnd {

  private SqlEnd() {}

  /** Not within a string, a quoted name, a dollar-quoted body or a comment. */
  static boolean reached(String sql) {
    boolean ended = false;
    int at = 0;
    while (at < sql.length()) {
      int next = skipped(sql, at);
      if (next < 0) {
        return false;
      }
      if (next > at) {
        boolean comment = sql.startsWith("--", at) || sql.startsWith("/*", at);
        ended = comment && ended;
        at = next;
        continue;
      }
      char c = sql.charAt(at++);
      if (c == ';') {
        ended = true;
      } else if (!Character.isWhitespace(c)) {
        ended = false;
      }
    }
    return ended;
  }

  /** Behind what begins here; the same place when nothing does, below 0 when it does not end. */
  private static int skipped(String sql, int at) {
    char c = sql.charAt(at);
    if (c == '\'' || c == '"') {
      return behind(sql, String.valueOf(c), at + 1);
    }
    if (sql.startsWith("--", at)) {
      int line = sql.indexOf('\n', at);
      return line < 0 ? sql.length() : line + 1;
    }
    if (sql.startsWith("/*", at)) {
      return behind(sql, "*/", at + 2);
    }
    if (c == '$') {
      int end = at + 1;
      while (end < sql.length()
          && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
        end++;
      }
      if (end < sql.length() && sql.charAt(end) == '$') {
        return behind(sql, sql.substring(at, end + 1), end + 1);
      }
    }
    return at;
  }

  private static int behind(String sql, String mark, int from) {
    int found = sql.indexOf(mark, from);
    return found < 0 ? -1 : found + mark.length();
  }
}
