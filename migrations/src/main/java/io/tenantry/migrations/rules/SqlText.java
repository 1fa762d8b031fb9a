package io.tenantry.migrations.rules;

import io.tenantry.tenancy.sql.SqlScanner;
import io.tenantry.tenancy.sql.SqlScanner.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * Text of a changeset: what it does, or what takes it back.
 *
 * @param firstLine the line of the file at which the text begins
 */
record SqlText(String text, int firstLine) {

  boolean isBlank() {
    return text.isBlank();
  }

  List<SqlToken> tokens() {
    List<SqlToken> tokens = new ArrayList<>();
    SqlScanner scanner = new SqlScanner(text);
    int line = firstLine;
    while (scanner.next()) {
      if (scanner.token() != Token.SPACE && scanner.token() != Token.COMMENT) {
        tokens.add(new SqlToken(scanner.token(), scanner.text(), line));
      }
      line += (int) scanner.text().chars().filter(c -> c == '\n').count();
    }
    return tokens;
  }
}
