package io.tenantry.persistence.connection;

import io.tenantry.tenancy.sql.SqlScanner;
import io.tenantry.tenancy.sql.SqlScanner.Token;

/** What may be shown of a statement: its words and signs, none of its values. */
final class StatementShape {

  private static final int LONGEST = 200;
  // The server cuts identifiers there; a longer word is no name of anything.
  private static final int LONGEST_WORD = 63;

  private StatementShape() {}

  /**
   * {@code sql} with ? for values, quoted names and all that is not ASCII, without comments, on one
   * line, at most 200 characters. Where it is in doubt where a literal ends, nothing more is shown:
   * whoever wrote it may have meant it as part of a value. A backslash in it does so, a word right
   * behind it ({@code 'O'Brien'}), and a text that does not come to its end.
   */
  static String of(String sql) {
    StringBuilder shape = new StringBuilder();
    boolean broken = isBroken(sql);
    boolean behindValue = false;
    SqlScanner scanner = new SqlScanner(sql);
    while (shape.length() < LONGEST && scanner.next()) {
      if (behindValue && scanner.token() == Token.WORD) {
        break;
      }
      behindValue = scanner.token() == Token.LITERAL || scanner.token() == Token.NUMBER;
      String text = shown(scanner);
      boolean gap = text.equals(" ");
      if (!gap || (!shape.isEmpty() && shape.charAt(shape.length() - 1) != ' ')) {
        shape.append(text);
      }
      if (doubtful(scanner, sql) || (broken && scanner.token() == Token.LITERAL)) {
        break;
      }
    }
    shape.setLength(Math.min(shape.length(), LONGEST));
    return shape.toString().strip();
  }

  private static boolean isBroken(String sql) {
    SqlScanner scanner = new SqlScanner(sql);
    while (scanner.next()) {
      if (scanner.token() == Token.BROKEN) {
        return true;
      }
    }
    return false;
  }

  private static String shown(SqlScanner scanner) {
    return switch (scanner.token()) {
      case SPACE, COMMENT -> " ";
      case SEMICOLON -> ";";
      case LITERAL, NUMBER, QUOTED, BROKEN -> "?";
      case WORD, OTHER -> plain(scanner) ? scanner.text() : "?";
    };
  }

  private static boolean plain(SqlScanner scanner) {
    return scanner.end() - scanner.start() <= LONGEST_WORD
        && scanner.text().chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static boolean doubtful(SqlScanner scanner, String sql) {
    if (scanner.token() == Token.LITERAL) {
      int backslash = sql.indexOf('\\', scanner.start());
      return backslash >= 0 && backslash < scanner.end();
    }
    return scanner.is('\\');
  }
}
