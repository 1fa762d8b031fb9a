package io.tenantry.tenancy.sql;

/**
 * Cuts SQL text into tokens, by PostgreSQL's lexical rules with {@code standard_conforming_strings}
 * on (PostgreSQL documentation, section 4.1; its scan.l where that says less). It knows no grammar:
 * it tells code from what only looks like code. Linear in the text's length. For one thread.
 */
public final class SqlScanner {

  private final String sql;
  private int start;
  private int end;
  private Token token = Token.SPACE;

  public SqlScanner(String sql) {
    this.sql = sql;
  }

  /** What a piece of text is. */
  public enum Token {
    SPACE,
    COMMENT,
    /** A keyword or an identifier without quotes. */
    WORD,
    NUMBER,
    /** Quoted by apostrophes or dollars. */
    LITERAL,
    /** An identifier in quotes. */
    QUOTED,
    SEMICOLON,
    /** A single character of code, or a parameter's number. */
    OTHER,
    /** Begins something that does not end, or might be read in two ways; reaches to the end. */
    BROKEN
  }

  /** Goes to the next token; false at the end of the text. */
  public boolean next() {
    start = end;
    if (start >= sql.length()) {
      return false;
    }
    token = read(sql.charAt(start));
    if (token == Token.BROKEN) {
      end = sql.length();
    }
    return true;
  }

  public Token token() {
    return token;
  }

  public int start() {
    return start;
  }

  /** Behind the token's last character. */
  public int end() {
    return end;
  }

  public String text() {
    return sql.substring(start, end);
  }

  public boolean is(char c) {
    return token == Token.OTHER && sql.charAt(start) == c;
  }

  /** Whether the token is {@code word} and nothing else; upper and lower case are two. */
  public boolean isWord(String word) {
    return token == Token.WORD && end - start == word.length() && sql.startsWith(word, start);
  }

  private Token read(char c) {
    if (isSpace(c)) {
      end = endOf(start, SqlScanner::isSpace);
      return Token.SPACE;
    }
    if (isWordStart(c)) {
      end = endOf(start, SqlScanner::isWordPart);
      return end - start == 1 && (c == 'e' || c == 'E') && at(end) == '\''
          ? literalWithEscapes()
          : Token.WORD;
    }
    if (isDigit(c)) {
      return number();
    }
    return switch (c) {
      case '\'' -> quoted('\'', Token.LITERAL);
      case '"' -> quoted('"', Token.QUOTED);
      case '$' -> dollar();
      case ';' -> single(Token.SEMICOLON);
      case '-' -> at(start + 1) == '-' ? lineComment() : single(Token.OTHER);
      case '/' -> at(start + 1) == '*' ? comment() : single(Token.OTHER);
      default -> single(Token.OTHER);
    };
  }

  private Token single(Token kind) {
    end = start + 1;
    return kind;
  }

  /** With what is stuck to it. Before an apostrophe an e at its end might be an escape's. */
  private Token number() {
    end = endOf(start, c -> isWordPart(c) && c != '$');
    if (at(end) == '.' && isDigit(at(end + 1))) {
      end = endOf(end + 1, c -> isWordPart(c) && c != '$');
    }
    char last = sql.charAt(end - 1);
    return at(end) == '\'' && (last == 'e' || last == 'E') ? Token.BROKEN : Token.NUMBER;
  }

  private Token quoted(char quote, Token kind) {
    int i = start + 1;
    while (i < sql.length()) {
      if (sql.charAt(i) != quote) {
        i++;
      } else if (at(i + 1) == quote) {
        i += 2;
      } else {
        end = i + 1;
        return kind;
      }
    }
    return Token.BROKEN;
  }

  /** Goes on in the same way behind a line's end: there only the first part says E. */
  private Token literalWithEscapes() {
    int i = end + 1;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (c == '\\' || (c == '\'' && at(i + 1) == '\'')) {
        i += 2;
      } else if (c != '\'') {
        i++;
      } else {
        int next = continued(i + 1);
        if (next < 0) {
          end = i + 1;
          return Token.LITERAL;
        }
        i = next;
      }
    }
    return Token.BROKEN;
  }

  /** Behind the apostrophe that continues a literal ended before {@code from}; -1 if none does. */
  private int continued(int from) {
    boolean newLine = false;
    int i = from;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (isSpace(c)) {
        newLine |= c == '\n' || c == '\r';
        i++;
      } else if (c == '-' && at(i + 1) == '-') {
        i = endOfLine(i);
      } else {
        return newLine && c == '\'' ? i + 1 : -1;
      }
    }
    return -1;
  }

  private Token dollar() {
    int tagEnd = start + 1;
    if (isDigit(at(tagEnd))) {
      end = endOf(tagEnd, SqlScanner::isDigit);
      return Token.OTHER;
    }
    if (isWordStart(at(tagEnd))) {
      tagEnd = endOf(tagEnd, c -> isWordPart(c) && c != '$');
    }
    if (at(tagEnd) != '$') {
      return single(Token.OTHER);
    }
    String tag = sql.substring(start, tagEnd + 1);
    int close = sql.indexOf(tag, tagEnd + 1);
    end = close + tag.length();
    return close < 0 ? Token.BROKEN : Token.LITERAL;
  }

  private Token lineComment() {
    end = endOfLine(start);
    return Token.COMMENT;
  }

  /** Comments nest in PostgreSQL. */
  private Token comment() {
    int depth = 0;
    int i = start;
    while (i < sql.length()) {
      if (sql.startsWith("/*", i)) {
        depth++;
        i += 2;
      } else if (sql.startsWith("*/", i)) {
        depth--;
        i += 2;
        if (depth == 0) {
          end = i;
          return Token.COMMENT;
        }
      } else {
        i++;
      }
    }
    return Token.BROKEN;
  }

  private int endOfLine(int from) {
    return endOf(from, c -> c != '\n' && c != '\r');
  }

  private int endOf(int from, Part part) {
    int i = from;
    while (i < sql.length() && part.takes(sql.charAt(i))) {
      i++;
    }
    return i;
  }

  /** NUL, which no text may hold, stands for what is behind the end. */
  private char at(int i) {
    return i < sql.length() ? sql.charAt(i) : '\0';
  }

  /** The server's own idea of white space: no other character of Unicode's is any. */
  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWordStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
  }

  private static boolean isWordPart(char c) {
    return isWordStart(c) || isDigit(c) || c == '$';
  }

  /** Whether a token goes on with a character. */
  @FunctionalInterface
  private interface Part {
    boolean takes(char c);
  }
}
