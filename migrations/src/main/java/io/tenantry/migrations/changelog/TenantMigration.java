package io.tenantry.migrations.changelog;

import io.tenantry.control.SqlFailures;
import io.tenantry.migrations.plan.CompiledTree;
import io.tenantry.migrations.plan.PlanCompiler;
import io.tenantry.migrations.schema.HistoryException;
import io.tenantry.migrations.schema.SchemaConnection;
import io.tenantry.migrations.schema.SchemaFailure;
import io.tenantry.migrations.schema.SchemaHistory;
import io.tenantry.migrations.schema.SchemaText;
import io.tenantry.migrations.schema.SchemaTurn;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Brings the schema of a tenant that is being made, which exists, to this build's version, by the
 * compiled text: all of it, its history and its row in the registry are one transaction, so a
 * process that is killed leaves nothing. Idempotent; blocks on the database; failures are those of
 * {@link SqlFailures}, or {@link MigrationException}. Thread-safe.
 */
public final class TenantMigration {

  /** A server may take long to see that the client behind another run is gone. */
  private static final Duration LONGEST_TURN = Duration.ofSeconds(30);

  private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(5);

  private final DataSource migrator;
  private final CapabilitySigner signer;
  private final Supplier<CompiledTree> tree;
  private final Duration longestTurn;

  /**
   * @param migrator the DDL login; may be a pool
   * @param signer for changesets that touch rows
   */
  public TenantMigration(DataSource migrator, CapabilitySigner signer) {
    this(migrator, signer, PlanCompiler::tenantTree, LONGEST_TURN);
  }

  /** With another tree than this build's, for tests and tools. */
  public TenantMigration(DataSource migrator, CapabilitySigner signer, CompiledTree tree) {
    this(migrator, signer, () -> tree, LONGEST_TURN);
  }

  TenantMigration(
      DataSource migrator,
      CapabilitySigner signer,
      Supplier<CompiledTree> tree,
      Duration longestTurn) {
    this.migrator = migrator;
    this.signer = signer;
    this.tree = tree;
    this.longestTurn = longestTurn;
  }

  /**
   * Runs what has not run yet. Two runs on one schema take turns.
   *
   * @return the id of the last changeset: the version of the schema
   */
  public String create(TenantId tenant) {
    CompiledTree compiled = tree.get();
    change(
        tenant,
        compiled,
        compiled.plan().changeSets().size(),
        "making the tables of schema " + TenantNames.schema(tenant));
    return compiled.plan().version();
  }

  /** Rolls everything back; schema and role stay. Deletes the tenant's data: for tests. */
  public void rollbackAll(TenantId tenant) {
    change(tenant, tree.get(), 0, "rolling schema " + TenantNames.schema(tenant) + " back");
  }

  private void change(TenantId tenant, CompiledTree compiled, int to, String doing) {
    SchemaText text = new SchemaText(compiled);
    try (SchemaConnection connection = SchemaConnection.open(migrator)) {
      // As the login itself: the owner may take no such lock.
      connection.send(
          "begin; set local lock_timeout = "
              + longestTurn.toMillis()
              + "; "
              + SchemaTurn.takeInTransaction(tenant));
      connection.send(SchemaText.within(tenant, longestTurn, LONGEST_STATEMENT));
      Optional<SchemaHistory> history = SchemaHistory.read(connection, tenant);
      int from = history.map(found -> found.countIn(compiled.plan())).orElse(0);
      if (text.firstInside(from, to).isPresent()) {
        connection.enter(signer, tenant, LONGEST_STATEMENT, longestTurn);
      }
      connection.send(
          (history.isEmpty() && to > 0 ? text.historyTables() : "")
              + (from < to ? text.up(tenant, from, to, true) : text.down(tenant, from, to, true))
              + text.made(tenant, to)
              + "commit");
    } catch (SchemaFailure e) {
      throw SqlFailures.translate(doing, e.refusal());
    } catch (SQLException e) {
      throw SqlFailures.translate(doing, e);
    } catch (HistoryException e) {
      throw new MigrationException(doing, e);
    }
  }
}
