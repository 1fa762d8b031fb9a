package io.tenantry.migrations.plan;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one statement of a changeset outside a transaction: an index made or dropped concurrently.
 *
 * @param name of the index, unquoted
 * @param made whether it is made; dropped if not
 * @param sql the statement
 */
public record ConcurrentIndex(String name, boolean made, String sql) {

  // Lower-case names without quotes alone: what is in the catalog is what is written here.
  private static final Pattern STATEMENT =
      Pattern.compile(
          "(?is)^\\s*(?:--[^\\n"
              + "]*\\n"
              + "\\s*)*"
              + "(?:(create)\\s+(?:unique\\s+)?index\\s+concurrently\\s+(?:if\\s+not\\s+exists\\s+)?"
              + "([a-z_][a-z0-9_]*)\\s+on\\s[^;]*|drop\\s+index\\s+concurrently\\s+(?:if\\s+exists\\s+)?"
              + "([a-z_][a-z0-9_]*)\\s*)(?:;\\s*)*$");
  private static final Pattern CONCURRENTLY = Pattern.compile("(?i)\\bconcurrently\\b");

  /** Not the word alone, which a comment before the statement may have. */
  private static final Pattern BUILT_BESIDE = Pattern.compile("(?i)\\bindex\\s+concurrently\\b");

  /**
   * What the changeset does.
   *
   * @throws PlanException when it is something else
   */
  public static ConcurrentIndex of(ChangeSet change) {
    return parse(change, change.sql(), "");
  }

  /** What the changeset's rollback does; throws as {@link #of}. */
  public static ConcurrentIndex ofRollback(ChangeSet change) {
    String rollback = change.rollback();
    return parse(change, rollback == null ? "" : rollback, " rollback");
  }

  /** The same index, dropped. */
  public ConcurrentIndex gone() {
    return new ConcurrentIndex(name, false, "drop index concurrently if exists \"" + name + "\"");
  }

  /** Whether the text has to run outside a transaction. */
  public static boolean in(@Nullable String sql) {
    return sql != null && CONCURRENTLY.matcher(sql).find();
  }

  private static ConcurrentIndex parse(ChangeSet change, String sql, String what) {
    Matcher statement = STATEMENT.matcher(sql);
    if (!statement.matches()) {
      throw new PlanException(
          "Changeset "
              + change.id()
              + what
              + " is runInTransaction:false and not one CREATE or DROP INDEX CONCURRENTLY of a name"
              + " in small letters. Put what else it does into a changeset of its own.");
    }
    boolean made = statement.group(1) != null;
    String name = made ? statement.group(2) : statement.group(3);
    return new ConcurrentIndex(name.toLowerCase(Locale.ROOT), made, sql);
  }

  /** The same in a transaction, for a schema that nobody uses yet. */
  public static String plainly(String sql) {
    return BUILT_BESIDE.matcher(sql).replaceAll("index");
  }
}
