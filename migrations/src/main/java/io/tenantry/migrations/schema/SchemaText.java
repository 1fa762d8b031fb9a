package io.tenantry.migrations.schema;

import io.tenantry.migrations.plan.ChangeSet;
import io.tenantry.migrations.plan.CompiledTree;
import io.tenantry.migrations.plan.ConcurrentIndex;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.PlatformRoles;
import io.tenantry.tenancy.names.TenantNames;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Puts together what is sent for one schema. Unqualified names in it are the schema's own, by its
 * {@link #open}; the history's rows are what stock Liquibase writes, so that it finds nothing to
 * do. Immutable.
 */
public final class SchemaText {

  /** Before each changeset, so that the server's notices tell which one failed. */
  static final String MARK = "tenantry changeset ";

  private static final String OUTSIDE = "set local app.tenant_id = '';\n";

  private static final String DEPLOYMENT =
      "right((extract(epoch from transaction_timestamp()) * 1000)::bigint::text, 10)";

  private final CompiledTree tree;

  public SchemaText(CompiledTree tree) {
    this.tree = tree;
  }

  /**
   * Begins the transaction, as the tables' owner.
   *
   * @param lockTimeout how long a statement waits for a lock, at least 1 ms
   * @param statementTimeout how long each statement may take, at least 1 ms
   */
  public static String open(TenantId tenant, Duration lockTimeout, Duration statementTimeout) {
    return "begin;\n" + within(tenant, lockTimeout, statementTimeout);
  }

  /** As {@link #open}, in a transaction that is open. */
  public static String within(TenantId tenant, Duration lockTimeout, Duration statementTimeout) {
    return session("set local ", tenant)
        // The history's times have no zone, and stock's order of rollback is by time.
        + "set local lock_timeout = "
        + lockTimeout.toMillis()
        + ";\nset local statement_timeout = "
        + statementTimeout.toMillis()
        + ";\n";
  }

  /** As {@link #open}, for statements that a transaction cannot hold. */
  public static String openSession(TenantId tenant, Duration timeout) {
    return session("set ", tenant)
        + "set lock_timeout = "
        + timeout.toMillis()
        + ";\nset statement_timeout = "
        + timeout.toMillis()
        + ";\n";
  }

  /** Takes {@link #openSession} back. */
  public static String closeSession() {
    return "reset role; reset search_path; reset timezone; reset lock_timeout;"
        + " reset statement_timeout";
  }

  /** Role, path and zone, by {@code set} or {@code set local}. */
  static String session(String set, TenantId tenant) {
    return set
        + "role "
        + PlatformRoles.OWNER
        + ";\n"
        + set
        + "search_path = \""
        + TenantNames.schema(tenant)
        + "\";\n"
        + set
        + "timezone = 'UTC';\n";
  }

  /** Makes the history's tables, empty. */
  public String historyTables() {
    return tree.historyTables();
  }

  /**
   * Index of the first changeset that has to be inside the tenant, of those between the two counts;
   * empty: none has to. Where there is one, the transaction has to {@link SchemaConnection#enter}
   * the tenant before {@link #up} or {@link #down} is sent.
   */
  public OptionalInt firstInside(int one, int other) {
    List<ChangeSet> changes = tree.plan().changeSets();
    return IntStream.range(Math.min(one, other), Math.max(one, other))
        .filter(i -> changes.get(i).enters())
        .findFirst();
  }

  /**
   * Runs the changesets from {@code from} (how many have run) to {@code to}.
   *
   * @param plainly whether what has to run outside a transaction is run inside: in a schema that
   *     nobody uses yet
   */
  public String up(TenantId tenant, int from, int to, boolean plainly) {
    StringBuilder text = new StringBuilder(firstInside(from, to).isPresent() ? OUTSIDE : "");
    for (int i = from; i < to; i++) {
      ChangeSet change = tree.plan().changeSets().get(i);
      text.append(mark(i))
          .append(within(tenant, change, change.sql(), plainly))
          .append(ran(change));
    }
    return text.toString();
  }

  /**
   * Takes the changesets behind {@code to} back, from {@code from} (how many have run), last first.
   *
   * @throws IllegalArgumentException when one of them says no rollback
   */
  public String down(TenantId tenant, int from, int to, boolean plainly) {
    StringBuilder text = new StringBuilder(firstInside(from, to).isPresent() ? OUTSIDE : "");
    for (int i = from - 1; i >= to; i--) {
      ChangeSet change = tree.plan().changeSets().get(i);
      String sql = change.rollback();
      if (sql == null) {
        throw new IllegalArgumentException("Changeset " + change.id() + " has no rollback.");
      }
      text.append(mark(i)).append(within(tenant, change, sql, plainly)).append(notRan(change));
    }
    return text.toString();
  }

  /**
   * The transaction stays the tenant's to its end, but {@code tenantry_guard.current_tenant()} is
   * none while {@code app.tenant_id} says another. So each changeset is inside or not by its own
   * mark, whatever shares its transaction.
   */
  private static String within(TenantId tenant, ChangeSet change, String sql, boolean plainly) {
    String text = plainly && !change.inTransaction() ? ConcurrentIndex.plainly(sql) : sql;
    return change.enters()
        ? "set local app.tenant_id = " + literal(tenant.value().toString()) + ";\n" + text + OUTSIDE
        : text;
  }

  static String mark(int index) {
    return "do $tenantry$ begin raise notice '" + MARK + index + "'; end $tenantry$;\n";
  }

  /** The changeset's row in the history. */
  String ran(ChangeSet change) {
    return "insert into databasechangelog (id, author, filename, dateexecuted, orderexecuted,"
        + " md5sum, description, comments, exectype, contexts, labels, liquibase, deployment_id)"
        + " select "
        + literals(change.id(), change.author(), change.file())
        + ", localtimestamp, coalesce(max(orderexecuted), 0) + 1, "
        + literals(change.checksum(), change.description(), change.comment())
        + ", 'EXECUTED', null, null, "
        + literal(tree.liquibase())
        + ", "
        + DEPLOYMENT
        + " from databasechangelog;\n";
  }

  static String notRan(ChangeSet change) {
    return "delete from databasechangelog where (id, author, filename) = ("
        + literals(change.id(), change.author(), change.file())
        + ");\n";
  }

  /** The row of the registry, of a schema in which {@code count} changesets have run. */
  public String made(TenantId tenant, int count) {
    return "insert into tenantry_control.tenant_schemas (tenant_id, version, history_hash) values ("
        + literals(
            tenant.value().toString(),
            tree.plan().versionAt(count),
            tree.plan().first(count).historyHash())
        + ") on conflict (tenant_id) do update set version = excluded.version,"
        + " history_hash = excluded.history_hash, changed_at = now(), failed_changeset = null,"
        + " failed_sqlstate = null, failed_run_id = null;\n";
  }

  /** Writes down that a changeset outside a transaction has run, or was taken back. */
  public String recorded(int index, boolean ran) {
    ChangeSet change = tree.plan().changeSets().get(index);
    return mark(index) + (ran ? ran(change) : notRan(change));
  }

  static String literals(String... values) {
    return String.join(", ", List.of(values).stream().map(SchemaText::literal).toList());
  }

  /** Under standard_conforming_strings, which the session sets. */
  public static String literal(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
