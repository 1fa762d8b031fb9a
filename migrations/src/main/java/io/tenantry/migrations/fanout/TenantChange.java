package io.tenantry.migrations.fanout;

import io.tenantry.control.MigrationDirection;
import io.tenantry.control.MigrationTask;
import io.tenantry.migrations.plan.ChangeSet;
import io.tenantry.migrations.plan.CompiledTree;
import io.tenantry.migrations.plan.ConcurrentIndex;
import io.tenantry.migrations.plan.Plan;
import io.tenantry.migrations.schema.SchemaConnection;
import io.tenantry.migrations.schema.SchemaFailure;
import io.tenantry.migrations.schema.SchemaText;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.failure.SqlStates;
import java.sql.SQLException;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/**
 * One tenant's turn: its changesets, their history, the registry and the result in one transaction,
 * but that an index beside the tenant's work is a piece of its own, after which the registry has
 * the version in between. Thread-safe; blocks on the database.
 */
final class TenantChange {

  /** admin_shutdown, crash_shutdown, cannot_connect_now */
  private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03");

  // Registry, result and history go to disk together or not at all; the wave's end waits for it.
  private static final String LATER_ON_DISK = "set local synchronous_commit = off;\n";

  private final Plan plan;
  private final SchemaText text;
  private final ChangeText own;
  private final ChangeBeside beside;
  private final MigrationDirection direction;
  private final CapabilitySigner signer;
  private final FanOutSettings settings;

  TenantChange(
      CompiledTree tree,
      UUID run,
      MigrationDirection direction,
      String worker,
      CapabilitySigner signer,
      FanOutSettings settings) {
    this.plan = tree.plan();
    this.text = new SchemaText(tree);
    this.own = new ChangeText(plan, run, worker);
    this.direction = direction;
    this.signer = signer;
    this.settings = settings;
    this.beside = new ChangeBeside(text, own, settings);
  }

  /**
   * Changes the tenant.
   *
   * @throws SQLException when the connection or the server is away: nothing is known of this tenant
   */
  TenantOutcome run(SchemaConnection connection, MigrationTask task) throws SQLException {
    OptionalInt known = plan.count(task.atVersion());
    int to = plan.count(task.toVersion()).orElseThrow();
    if (known.isEmpty() || known.getAsInt() == to) {
      return new TenantOutcome.Overtaken();
    }
    int at = known.getAsInt();
    if (wrongWay(at, to)) {
      return new TenantOutcome.Overtaken();
    }
    try {
      while (at != to) {
        at = at < to ? up(connection, task, at, to) : down(connection, task, at, to);
      }
      return new TenantOutcome.Changed();
    } catch (SchemaFailure e) {
      return outcome(connection, e, at, to);
    }
  }

  /** Somebody has brought it past the target: whoever wished it up did not wish it down. */
  private boolean wrongWay(int at, int to) {
    return switch (direction) {
      case UP -> at > to;
      case DOWN -> at < to;
      case REVERT -> false;
    };
  }

  private int up(SchemaConnection connection, MigrationTask task, int at, int to)
      throws SchemaFailure, SQLException {
    ChangeSet next = plan.changeSets().get(at);
    if (!next.inTransaction()) {
      beside.run(connection, new ChangeBeside.Piece(task, next, at, at + 1), at + 1 == to);
      return at + 1;
    }
    int end = at;
    while (end < to && plan.changeSets().get(end).inTransaction()) {
      end++;
    }
    together(connection, task, at, text.up(task.tenant(), at, end, false), end, end == to);
    return end;
  }

  private int down(SchemaConnection connection, MigrationTask task, int at, int to)
      throws SchemaFailure, SQLException {
    ChangeSet last = plan.changeSets().get(at - 1);
    if (ConcurrentIndex.in(alone(last))) {
      beside.run(connection, new ChangeBeside.Piece(task, last, at, at - 1), at - 1 == to);
      return at - 1;
    }
    int end = at;
    while (end > to && !ConcurrentIndex.in(alone(plan.changeSets().get(end - 1)))) {
      end--;
    }
    together(connection, task, at, text.down(task.tenant(), at, end, false), end, end == to);
    return end;
  }

  /** The rollback of a changeset outside a transaction; of others the word may mean anything. */
  private static String alone(ChangeSet change) {
    String rollback = change.rollback();
    return change.inTransaction() || rollback == null ? "" : rollback;
  }

  private void together(
      SchemaConnection connection, MigrationTask task, int at, String sql, int end, boolean done)
      throws SchemaFailure {
    String first = open(task) + own.guard(task, at);
    OptionalInt inside = text.firstInside(at, end);
    if (inside.isPresent()) {
      connection.send(first);
      enter(connection, task, inside.getAsInt());
      first = "";
    }
    connection.send(first + sql + own.record(task, end, done) + "commit");
  }

  private void enter(SchemaConnection connection, MigrationTask task, int changeSet)
      throws SchemaFailure {
    try {
      connection.enter(signer, task.tenant(), settings.statementTimeout(), settings.lockTimeout());
    } catch (SchemaFailure e) {
      throw e.in(changeSet);
    }
  }

  private String open(MigrationTask task) {
    return open(task, settings);
  }

  static String open(MigrationTask task, FanOutSettings settings) {
    return SchemaText.open(task.tenant(), settings.lockTimeout(), settings.statementTimeout())
        + LATER_ON_DISK;
  }

  private TenantOutcome outcome(SchemaConnection connection, SchemaFailure failure, int at, int to)
      throws SQLException {
    String state = failure.sqlState();
    if (state.equals(ChangeText.NOT_OURS)) {
      return new TenantOutcome.Stopped();
    }
    if (state.equals(ChangeText.OVERTAKEN)) {
      return new TenantOutcome.Overtaken();
    }
    if (state.isEmpty() || state.startsWith("08") || AWAY.contains(state) || connection.broken()) {
      throw failure.refusal();
    }
    int index = failure.changeSet().orElse(at < to ? at : at - 1);
    String changeSet = plan.changeSets().get(index).id();
    boolean needed =
        // Who was not let in has a key that is not the database's: that is not the tenant's doing.
        !failure.entering()
            && plan.changeSets().subList(Math.min(at, to), Math.max(at, to)).stream()
                .anyMatch(change -> !change.compatible());
    if (SqlStates.code(state).filter(ErrorCode.CONCURRENT_UPDATE::equals).isPresent()) {
      return new TenantOutcome.Busy(changeSet, state, needed);
    }
    return state.equals(ChangeText.OTHER_HISTORY)
        ? new TenantOutcome.Failed(
            changeSet, null, "The schema's own history is not what the registry says.", needed)
        : new TenantOutcome.Failed(changeSet, state, null, needed);
  }
}
