package io.tenantry.standalone.changes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a draft: one changeset, which the linter refuses until a person has completed it.
 *
 * @param id of the changeset
 */
record Draft(String id, String name, List<String> statements) {

  private static final Pattern TABLE = Pattern.compile("create table (\\S+) .*", Pattern.DOTALL);
  private static final Pattern COLUMN =
      Pattern.compile("alter table (?:if exists )?(\\S+)\\s+add column (\\S+) .*", Pattern.DOTALL);

  Draft {
    statements = List.copyOf(statements);
  }

  String text() {
    StringBuilder text = new StringBuilder(head());
    List<String> rollback = new ArrayList<>();
    for (String statement : statements) {
      String ours = statement.replace("timestamp(6) with time zone", "timestamptz");
      text.append(ours.replaceAll("varchar\\(255\\)", "text")).append(";\n");
      undo(statement).ifPresent(rollback::add);
    }
    Collections.reverse(rollback);
    if (rollback.isEmpty()) {
      rollback.add("empty");
    }
    rollback.forEach(line -> text.append("--rollback ").append(line).append('\n'));
    return text.toString();
  }

  private String head() {
    return """
    --liquibase formatted sql

    --changeset tenantry:%s splitStatements:false rollbackSplitStatements:false stripComments:false
    --comment: Draft of %s
    -- Written from the mapping, to be completed by a person; take these lines out then:
    --  * names, types and limits: text with a check for its length, numeric with its digits, timestamptz;
    --  * tenant_id uuid not null first, and first in each key; constraints with names;
    --  * a default for a new column that is not null, since rows and older versions are there;
    --  * a comment on each table and column;
    --  * row security, the policy tenant_isolation and grants by class, in a file under access/;
    --  * indexes of queries, and CONCURRENTLY for those of large tables;
    --  * what is renamed or dropped: the mapping does not say (docs/migrations/expand-migrate-contract.md);
    --  * the rollback; then include the file at the end of its root, and run make migrate.lint.
    """
        .formatted(id, name.replace('_', ' '));
  }

  private static Optional<String> undo(String statement) {
    Matcher table = TABLE.matcher(statement);
    if (table.matches()) {
      return Optional.of("drop table " + table.group(1) + ";");
    }
    Matcher column = COLUMN.matcher(statement);
    return column.matches()
        ? Optional.of("alter table %s drop column %s;".formatted(column.group(1), column.group(2)))
        : Optional.empty();
  }
}
