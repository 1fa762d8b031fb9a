package io.tenantry.migrations.rules;

import io.tenantry.tenancy.sql.SqlScanner.Token;
import java.util.Locale;

/**
 * A piece of code; spaces and comments are none.
 *
 * @param line in the file, from 1
 */
record SqlToken(Token kind, String text, int line) {

  boolean is(String word) {
    return kind == Token.WORD && text.equalsIgnoreCase(word);
  }

  boolean isSign(char sign) {
    return kind == Token.OTHER && text.charAt(0) == sign;
  }

  boolean isName() {
    return kind == Token.WORD || kind == Token.QUOTED;
  }

  /** As PostgreSQL has it: folded, unless it is quoted. */
  String name() {
    return kind == Token.QUOTED
        ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
        : text.toLowerCase(Locale.ROOT);
  }
}
