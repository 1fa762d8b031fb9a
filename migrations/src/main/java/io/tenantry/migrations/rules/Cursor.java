package io.tenantry.migrations.rules;

import io.tenantry.tenancy.sql.SqlScanner.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Goes through the tokens of a statement. Behind its end there is nothing, and nothing matches. */
final class Cursor {

  private static final SqlToken NOTHING = new SqlToken(Token.OTHER, "\0", 0);

  private final List<SqlToken> tokens;
  private int at;

  Cursor(List<SqlToken> tokens) {
    this.tokens = tokens;
  }

  boolean hasNext() {
    return at < tokens.size();
  }

  SqlToken peek() {
    return hasNext() ? tokens.get(at) : NOTHING;
  }

  SqlToken next() {
    SqlToken token = peek();
    at++;
    return token;
  }

  int line() {
    return hasNext() ? peek().line() : tokens.getLast().line();
  }

  /** Whether these words, given with blanks between them, come next. */
  boolean sees(String words) {
    String[] each = words.split(" ", -1);
    if (tokens.size() - at < each.length) {
      return false;
    }
    for (int i = 0; i < each.length; i++) {
      if (!tokens.get(at + i).is(each[i])) {
        return false;
      }
    }
    return true;
  }

  /** Goes behind these words if they come next. */
  boolean skip(String words) {
    boolean seen = sees(words);
    if (seen) {
      at += words.split(" ", -1).length;
    }
    return seen;
  }

  boolean skipAny(String... words) {
    return Arrays.stream(words).anyMatch(this::skip);
  }

  boolean skipSign(char sign) {
    boolean seen = peek().isSign(sign);
    if (seen) {
      at++;
    }
    return seen;
  }

  /** A name with what is before its points; empty when none comes next. */
  String name() {
    StringBuilder name = new StringBuilder();
    while (peek().isName()) {
      name.append(next().name());
      if (!skipSign('.')) {
        break;
      }
      name.append('.');
    }
    return name.toString();
  }

  /** What is between the parentheses that come next, cut at its outer commas. */
  List<List<SqlToken>> parenthesized() {
    if (!skipSign('(')) {
      return List.of();
    }
    int from = at;
    int depth = 1;
    while (hasNext() && depth > 0) {
      SqlToken token = next();
      depth += token.isSign('(') ? 1 : token.isSign(')') ? -1 : 0;
    }
    return commas(tokens.subList(from, Math.max(from, at - 1)));
  }

  List<SqlToken> rest() {
    return hasNext() ? tokens.subList(at, tokens.size()) : List.of();
  }

  /** Cut at the commas outside of parentheses. */
  static List<List<SqlToken>> commas(List<SqlToken> tokens) {
    List<List<SqlToken>> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      depth += token.isSign('(') ? 1 : token.isSign(')') ? -1 : 0;
      if (depth == 0 && token.isSign(',')) {
        parts.add(tokens.subList(from, i));
        from = i + 1;
      }
    }
    if (from < tokens.size()) {
      parts.add(tokens.subList(from, tokens.size()));
    }
    return parts;
  }

  static String joined(List<SqlToken> tokens) {
    return tokens.stream()
        .map(token -> token.isName() ? token.name() : token.text())
        .collect(Collectors.joining(" "));
  }
}
