package io.tenantry.migrations.changelog;

import io.tenantry.control.SqlFailures;
import io.tenantry.migrations.liquibase.LiquibaseCall;
import io.tenantry.migrations.schema.SchemaTurn;
import io.tenantry.tenancy.names.PlatformRoles;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.UpdateSummaryEnum;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;

/**
 * Runs one changelog in one schema, as the tables' owner, on a connection of its own.
 *
 * <p>Two runs on one schema take turns, by an advisory lock that ends with its session. Liquibase's
 * own lock is a committed row, which a killed process leaves behind for good; under ours it can be
 * taken away safely.
 */
final class ChangelogRun {

  /** A server may take long to see that the client behind another run is gone. */
  private static final Duration LONGEST_TURN = Duration.ofSeconds(30);

  /** duplicate_table (and index), _object, _column, _function, _schema */
  private static final Set<String> THERE_ALREADY =
      Set.of("42P07", "42710", "42701", "42723", "42P06");

  @FunctionalInterface
  private interface Work {
    void run(Liquibase liquibase) throws Exception;
  }

  private final DataSource migrator;
  private final String changelog;
  private final String schema;
  private final Duration longestTurn;

  /**
   * @param schema holds the history, and is the only one that unqualified names are looked up in
   */
  ChangelogRun(DataSource migrator, String changelog, String schema) {
    this(migrator, changelog, schema, LONGEST_TURN);
  }

  ChangelogRun(DataSource migrator, String changelog, String schema, Duration longestTurn) {
    this.migrator = migrator;
    this.changelog = changelog;
    this.schema = schema;
    this.longestTurn = longestTurn;
  }

  /**
   * Runs what has not run yet.
   *
   * @return the id of the last changeset that has run
   */
  String update() {
    return call(
            "migrating schema " + schema,
            liquibase -> liquibase.update(new Contexts(), new LabelExpression()))
        .orElseThrow(() -> new IllegalStateException(changelog + " is empty."));
  }

  /** Rolls everything back, last first. The history stays, empty. */
  void rollbackAll() {
    call(
        "rolling schema " + schema + " back",
        liquibase -> {
          int ran = liquibase.getDatabase().getRanChangeSetList().size();
          liquibase.rollback(ran, new Contexts(), new LabelExpression());
        });
  }

  private Optional<String> call(String doing, Work work) {
    try (Connection connection = migrator.getConnection()) {
      prepare(connection);
      LiquibaseCall.call(
          () -> {
            run(connection, work);
            return true;
          });
      return lastChangeSet(connection);
    } catch (SQLException e) {
      throw SqlFailures.translate(doing, e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof SQLException failure) {
          RuntimeException translated = SqlFailures.translate(doing + hint(failure), failure);
          // Liquibase's message names the changeset.
          translated.addSuppressed(e);
          throw translated;
        }
      }
      throw new MigrationException(doing, e);
    }
  }

  /** A changeset and its row in the history are two transactions; what is between is not undone. */
  private static String hint(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && THERE_ALREADY.contains(state)
        ? " (what a changeset makes is there, but the changeset is not in the history; a run was"
            + " killed between the two, or somebody made it by hand. Drop what this changeset makes"
            + " and run again; the cause names both)"
        : "";
  }

  private void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        PreparedStatement lock =
            connection.prepareStatement("select pg_advisory_lock(?, hashtext(?))")) {
      statement.execute("set lock_timeout = " + longestTurn.toMillis());
      lock.setInt(1, SchemaTurn.SPACE);
      lock.setString(2, schema);
      lock.execute();
      statement.execute("reset lock_timeout");
    }
    try (Statement statement = connection.createStatement()) {
      String quoted = statement.enquoteIdentifier(schema, true);
      statement.execute("set role " + PlatformRoles.OWNER);
      statement.execute("set search_path = " + quoted);
      // The history's times have no zone, and its order of rollback is by time.
      statement.execute("set timezone = 'UTC'");
      if (exists(connection, schema + ".databasechangeloglock")) {
        statement.execute("update databasechangeloglock set locked = false where locked");
      }
    }
  }

  private void run(Connection connection, Work work) throws Exception {
    Database database =
        DatabaseFactory.getInstance()
            .findCorrectDatabaseImplementation(new JdbcConnection(connection));
    database.setDefaultSchemaName(schema);
    database.setLiquibaseSchemaName(schema);
    // Not closed: that would close the connection, which is ours.
    @SuppressWarnings("resource")
    Liquibase liquibase = new Liquibase(changelog, new ClassLoaderResourceAccessor(), database);
    liquibase.setShowSummary(UpdateSummaryEnum.OFF);
    liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
    work.run(liquibase);
    connection.setAutoCommit(true);
  }

  private static Optional<String> lastChangeSet(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select id from databasechangelog order by orderexecuted desc limit 1")) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }

  private static boolean exists(Connection connection, String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select to_regclass(?) is not null")) {
      statement.setString(1, table);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }
}
