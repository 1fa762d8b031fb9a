package io.tenantry.persistence.connection;

/**
 * Tells code from literals, quoted identifiers and comments in SQL text, by PostgreSQL's lexical
 * rules with {@code standard_conforming_strings} on (PostgreSQL documentation, section 4.1).
 */
final class SqlScanner {

  private SqlScanner() {}

  /**
   * Walks from {@code from}, which is in code, towards {@code target}.
   *
   * @return {@code target} when it is in code too, otherwise the end of the literal, quoted
   *     identifier or comment that it lies in
   */
  static int nextCode(String sql, int from, int target) {
    int at = from;
    while (at < target) {
      int end = endOfOpaque(sql, at);
      at = end > at ? end : at + 1;
    }
    return at;
  }

  /** The first word of code, past white space, comments and opening parentheses; may be empty. */
  static String firstWord(String sql) {
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '(' || Character.isWhitespace(c)) {
        at++;
      } else if (sql.startsWith("--", at) || sql.startsWith("/*", at)) {
        at = endOfOpaque(sql, at);
      } else {
        break;
      }
    }
    int end = at;
    while (end < sql.length() && isIdentifierPart(sql.charAt(end))) {
      end++;
    }
    return sql.substring(at, end);
  }

  /** The end of the literal, quoted identifier or comment that begins at {@code at}, or at. */
  private static int endOfOpaque(String sql, int at) {
    char c = sql.charAt(at);
    return switch (c) {
      case '\'' -> endOfQuoted(sql, at, '\'', isEscapeString(sql, at));
      case '"' -> endOfQuoted(sql, at, '"', false);
      case '-' -> sql.startsWith("--", at) ? endOfLine(sql, at) : at;
      case '/' -> sql.startsWith("/*", at) ? endOfComment(sql, at) : at;
      case '$' -> endOfDollarQuoted(sql, at);
      default -> at;
    };
  }

  private static boolean isEscapeString(String sql, int quote) {
    return quote > 0
        && (sql.charAt(quote - 1) == 'e' || sql.charAt(quote - 1) == 'E')
        && (quote == 1 || !isIdentifierPart(sql.charAt(quote - 2)));
  }

  private static int endOfQuoted(String sql, int at, char quote, boolean backslash) {
    int i = at + 1;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (backslash && c == '\\') {
        i += 2;
      } else if (c == quote) {
        if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
          i += 2;
        } else {
          return i + 1;
        }
      } else {
        i++;
      }
    }
    return sql.length();
  }

  private static int endOfLine(String sql, int at) {
    int i = at;
    while (i < sql.length() && sql.charAt(i) != '\n' && sql.charAt(i) != '\r') {
      i++;
    }
    return i;
  }

  /** Comments nest in PostgreSQL. */
  private static int endOfComment(String sql, int at) {
    int depth = 0;
    int i = at;
    while (i < sql.length()) {
      if (sql.startsWith("/*", i)) {
        depth++;
        i += 2;
      } else if (sql.startsWith("*/", i)) {
        depth--;
        i += 2;
        if (depth == 0) {
          return i;
        }
      } else {
        i++;
      }
    }
    return sql.length();
  }

  private static int endOfDollarQuoted(String sql, int at) {
    if (at > 0 && isIdentifierPart(sql.charAt(at - 1))) {
      return at;
    }
    int tagEnd = at + 1;
    while (tagEnd < sql.length() && isTagPart(sql.charAt(tagEnd), tagEnd == at + 1)) {
      tagEnd++;
    }
    if (tagEnd >= sql.length() || sql.charAt(tagEnd) != '$') {
      return at;
    }
    String tag = sql.substring(at, tagEnd + 1);
    int close = sql.indexOf(tag, tagEnd + 1);
    return close < 0 ? sql.length() : close + tag.length();
  }

  private static boolean isTagPart(char c, boolean first) {
    return c == '_' || c >= 0x80 || Character.isLetter(c) || (!first && Character.isDigit(c));
  }

  static boolean isIdentifierPart(char c) {
    return c == '_' || c == '$' || c >= 0x80 || Character.isLetterOrDigit(c);
  }
}
