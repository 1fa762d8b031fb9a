package io.tenantry.migrations.fanout;

import io.tenantry.control.MigrationTask;
import io.tenantry.migrations.plan.ChangeSet;
import io.tenantry.migrations.plan.ConcurrentIndex;
import io.tenantry.migrations.schema.SchemaConnection;
import io.tenantry.migrations.schema.SchemaFailure;
import io.tenantry.migrations.schema.SchemaText;
import io.tenantry.migrations.schema.SchemaTurn;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One tenant's change outside a transaction: an index that is built or dropped while the tenant
 * works, and is written down behind that. Stateless; blocks on the database.
 */
final class ChangeBeside {

  private static final Logger LOG = LoggerFactory.getLogger(ChangeBeside.class);

  private final SchemaText text;
  private final ChangeText own;
  private final FanOutSettings settings;

  ChangeBeside(SchemaText text, ChangeText own, FanOutSettings settings) {
    this.text = text;
    this.own = own;
    this.settings = settings;
  }

  /**
   * What is to be done.
   *
   * @param at how many changesets have run before it
   * @param end how many have after it: one more, or one less
   */
  record Piece(MigrationTask task, ChangeSet change, int at, int end) {
    boolean up() {
      return end > at;
    }

    int changeSet() {
      return Math.min(at, end);
    }

    ConcurrentIndex index() {
      return up() ? ConcurrentIndex.of(change) : ConcurrentIndex.ofRollback(change);
    }

    /** Takes {@link #index} back; empty: nobody has said how. */
    Optional<ConcurrentIndex> back() {
      ConcurrentIndex done = index();
      if (done.made()) {
        return Optional.of(done.gone());
      }
      if (!up()) {
        return Optional.of(ConcurrentIndex.of(change));
      }
      return ConcurrentIndex.in(change.rollback())
          ? Optional.of(ConcurrentIndex.ofRollback(change))
          : Optional.empty();
    }
  }

  /** Does it. What an earlier try left is no hindrance. */
  void run(SchemaConnection connection, Piece piece, boolean done)
      throws SchemaFailure, SQLException {
    MigrationTask task = piece.task();
    connection.send(open(task) + own.guard(task, piece.at()) + "commit");
    // Until the registry knows of the index, whoever looks at the schema would call it drift.
    connection.send(
        "set lock_timeout = "
            + settings.lockTimeout().toMillis()
            + "; "
            + SchemaTurn.take(task.tenant()));
    try {
      insideTurn(connection, piece, done);
    } finally {
      if (!connection.broken()) {
        connection.send(SchemaTurn.giveBack(task.tenant()));
      }
    }
  }

  private void insideTurn(SchemaConnection connection, Piece piece, boolean done)
      throws SchemaFailure, SQLException {
    MigrationTask task = piece.task();
    boolean changed = bring(connection, piece, piece.index());
    try {
      connection.send(
          open(task)
              + own.guardOfDone(task, piece.at())
              + text.recorded(piece.changeSet(), piece.up())
              + own.record(task, piece.end(), done)
              + "commit");
    } catch (SchemaFailure e) {
      if (changed && e.sqlState().equals(ChangeText.NOT_OURS)) {
        takeBack(connection, piece);
      }
      throw e;
    }
  }

  private boolean bring(SchemaConnection connection, Piece piece, ConcurrentIndex index)
      throws SchemaFailure, SQLException {
    try {
      connection.send(SchemaText.openSession(piece.task().tenant(), settings.indexTimeout()));
      return new IndexBeside(connection, index).bring();
    } catch (SchemaFailure e) {
      throw e.in(piece.changeSet());
    } finally {
      if (!connection.broken()) {
        connection.send(SchemaText.closeSession());
      }
    }
  }

  /**
   * The run was paused, or taken over, meanwhile: whoever reverts it passes over a tenant in which
   * nothing was written down. The turn is still ours, so nobody else can have written it down
   * since.
   */
  private void takeBack(SchemaConnection connection, Piece piece) throws SQLException {
    Optional<ConcurrentIndex> back = piece.back();
    try {
      if (back.isPresent() && !recorded(connection, piece)) {
        bring(connection, piece, back.get());
      }
    } catch (SchemaFailure e) {
      LOG.warn(
          "What {} has done in the schema of tenant {} is not taken back; the next try finds it.",
          piece.change().id(),
          piece.task().tenant(),
          e);
    }
  }

  private boolean recorded(SchemaConnection connection, Piece piece)
      throws SchemaFailure, SQLException {
    connection.send(SchemaText.openSession(piece.task().tenant(), settings.lockTimeout()));
    try {
      List<List<String>> found =
          connection.rows(
              "select from databasechangelog where id = "
                  + SchemaText.literal(piece.change().id()));
      return found.isEmpty() != piece.up();
    } finally {
      if (!connection.broken()) {
        connection.send(SchemaText.closeSession());
      }
    }
  }

  private String open(MigrationTask task) {
    return TenantChange.open(task, settings);
  }
}
