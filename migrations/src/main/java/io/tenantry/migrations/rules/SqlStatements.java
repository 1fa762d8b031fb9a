package io.tenantry.migrations.rules;

import io.tenantry.tenancy.sql.SqlScanner.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The statements of a text, and those inside its DO blocks: what stands there as a statement, and
 * the first literal of each EXECUTE. Where a block branches, every branch counts; a statement that
 * is put together from several literals is seen as far as the first. Bodies of functions are not
 * looked into: they run when they are called.
 */
final class SqlStatements {

  private static final Set<String> CONTROL =
      Set.of("declare", "begin", "if", "elsif", "else", "for", "foreach", "while", "loop", "end");

  private static final Set<String> STARTS_STATEMENT = Set.of("begin", "then", "else", "loop");

  private SqlStatements() {}

  static List<List<SqlToken>> of(SqlText text) {
    List<List<SqlToken>> all = new ArrayList<>();
    for (List<SqlToken> statement : split(text.tokens())) {
      all.add(statement);
      if (statement.getFirst().is("do")) {
        statement.stream()
            .filter(token -> token.kind() == Token.LITERAL)
            .findFirst()
            .ifPresent(body -> all.addAll(inBlock(body)));
      }
    }
    return all;
  }

  private static List<List<SqlToken>> inBlock(SqlToken body) {
    List<List<SqlToken>> all = new ArrayList<>();
    for (List<SqlToken> piece : split(new SqlText(content(body), body.line()).tokens())) {
      List<SqlToken> statement = withoutControl(piece);
      if (statement.isEmpty()) {
        continue;
      }
      if (statement.getFirst().is("execute")) {
        statement.stream()
            .filter(token -> token.kind() == Token.LITERAL)
            .findFirst()
            .ifPresent(
                sql ->
                    all.addAll(split(new SqlText(withNames(content(sql)), sql.line()).tokens())));
      } else {
        all.add(statement);
      }
    }
    return all;
  }

  private static List<SqlToken> withoutControl(List<SqlToken> piece) {
    if (!CONTROL.contains(piece.getFirst().name())) {
      return piece;
    }
    int from = piece.size();
    for (int i = piece.size() - 1; i >= 0; i--) {
      if (STARTS_STATEMENT.contains(piece.get(i).name())) {
        from = i + 1;
        break;
      }
    }
    return piece.subList(from, piece.size());
  }

  /** What format() would put in: a name for %I and %s, a literal for %L. */
  private static String withNames(String format) {
    return format.replaceAll("%(\\d+\\$)?[Is]", "_format_").replaceAll("%(\\d+\\$)?L", "''");
  }

  /** The literal's value; escapes of E'..' stay as they are. */
  private static String content(SqlToken literal) {
    String text = literal.text();
    if (text.charAt(0) == '$') {
      int tag = text.indexOf('$', 1) + 1;
      return text.substring(tag, text.length() - tag);
    }
    return text.substring(text.indexOf('\'') + 1, text.length() - 1).replace("''", "'");
  }

  private static List<List<SqlToken>> split(List<SqlToken> tokens) {
    List<List<SqlToken>> all = new ArrayList<>();
    List<SqlToken> current = new ArrayList<>();
    for (SqlToken token : tokens) {
      if (token.kind() == Token.SEMICOLON) {
        if (!current.isEmpty()) {
          all.add(current);
          current = new ArrayList<>();
        }
      } else {
        current.add(token);
      }
    }
    if (!current.isEmpty()) {
      all.add(current);
    }
    return all;
  }
}
