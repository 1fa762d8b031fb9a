package io.tenantry.migrations.rules;

import io.tenantry.tenancy.sql.SqlScanner.Token;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What the text itself must not have, whatever it does. */
final class TextRules {

  private static final Pattern OTHER_SCHEMA =
      Pattern.compile("tenantry_[a-z]+|tenant_[0-9a-f_]+|public|pg_temp|pg_toast");

  /** A name behind one of these is a table's; one behind a point then has a schema before it. */
  private static final Set<String> BEFORE_TABLE =
      Set.of("table", "into", "update", "join", "references");

  private TextRules() {}

  static void check(Case judged, SqlText text) {
    List<SqlToken> tokens = text.tokens();
    for (SqlToken token : tokens) {
      if (token.kind() == Token.BROKEN) {
        judged.found(Rule.SQL_BROKEN, token.line(), "It begins here.");
      }
    }
    if (judged.tree() == Tree.TENANT) {
      parameters(judged, text);
      SqlStatements.of(text).forEach(statement -> schemas(judged, statement));
    }
  }

  private static void parameters(Case judged, SqlText text) {
    String[] lines = text.text().split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (lines[i].contains("${")) {
        String what = "The line is " + ChangeFileReader.quoted(lines[i].strip());
        judged.found(Rule.PARAMETER, text.firstLine() + i, what);
      }
    }
  }

  private static void schemas(Case judged, List<SqlToken> statement) {
    for (int i = 0; i + 2 < statement.size(); i++) {
      SqlToken schema = statement.get(i);
      boolean qualifies =
          schema.isName()
              && statement.get(i + 1).isSign('.')
              && (i == 0 || !statement.get(i - 1).isSign('.'));
      if (qualifies && !isShared(schema, statement.get(i + 2))) {
        boolean table = i > 0 && BEFORE_TABLE.contains(statement.get(i - 1).name());
        if (table || OTHER_SCHEMA.matcher(schema.name()).matches()) {
          String name = schema.name() + "." + statement.get(i + 2).text();
          judged.found(Rule.SCHEMA_QUALIFIED, schema.line(), "The name is " + name + ".");
        }
      }
    }
  }

  /** The guard, and the platform's function for triggers of all tenants. */
  private static boolean isShared(SqlToken schema, SqlToken name) {
    return schema.name().equals("tenantry_guard")
        || schema.name().equals("pg_catalog")
        || (schema.name().equals("tenantry_control") && name.is("refuse_change"));
  }
}
