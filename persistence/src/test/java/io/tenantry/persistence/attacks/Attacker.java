package io.tenantry.persistence.attacks;

import io.tenantry.persistence.Serving;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;

/**
 * Runs SQL of its own as one tenant, through the pool that serves requests. In its texts {@code
 * {acme}} and {@code {globex}} are the tenants' ids, {@code {globex.schema}}, {@code {globex.role}}
 * and {@code {globex.hex}} what follows from them.
 */
final class Attacker {

  private final Serving serving;
  private final TenantId tenant;

  Attacker(Serving serving, TenantId tenant) {
    this.serving = serving;
    this.tenant = tenant;
  }

  /** The same way in, as another tenant. */
  Attacker as(TenantId other) {
    return new Attacker(serving, other);
  }

  /** Runs the statements in one transaction and commits it, up to the first that is refused. */
  Outcome tries(String... statements) {
    return run(true, statements);
  }

  /** As above, and takes everything back in the end. */
  Outcome triesAndTakesBack(String... statements) {
    return run(false, statements);
  }

  /** Runs one text with bound values, inside a transaction of its own. */
  Outcome binds(String sql, Object... values) {
    return inTransaction(connection -> bind(connection, sql, values));
  }

  /** For what takes more than a list of texts; rolled back in the end unless it commits. */
  Outcome inTransaction(Work work) {
    return TenantContext.call(
        tenant,
        () -> {
          try (Connection connection = serving.bean(DataSource.class).getConnection()) {
            return work.with(connection);
          } catch (SQLException e) {
            return Outcome.refused(e);
          }
        });
  }

  /** As the last, on a thread of its own: for while another tenant's transaction is open. */
  Outcome triesMeanwhile(String... statements) {
    return CompletableFuture.supplyAsync(() -> triesAndTakesBack(statements)).join();
  }

  private Outcome run(boolean commit, String... statements) {
    return inTransaction(
        connection -> {
          Outcome last = Outcome.of(List.of());
          for (String sql : statements) {
            last = execute(connection, sql);
          }
          if (commit) {
            connection.commit();
          }
          return last;
        });
  }

  static Outcome execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(text(sql))
          ? Outcome.of(rows(statement.getResultSet()))
          : Outcome.of(List.of(Integer.toString(statement.getUpdateCount())));
    }
  }

  static Outcome bind(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(text(sql))) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.execute()
          ? Outcome.of(rows(statement.getResultSet()))
          : Outcome.of(List.of(Integer.toString(statement.getUpdateCount())));
    }
  }

  static String text(String sql) {
    return named(named(sql, "acme", Ground.ACME), "globex", Ground.GLOBEX);
  }

  private static String named(String sql, String name, TenantId tenant) {
    return sql.replace("{" + name + "}", tenant.toString())
        .replace("{" + name + ".schema}", TenantNames.schema(tenant))
        .replace("{" + name + ".role}", TenantNames.role(tenant))
        .replace("{" + name + ".hex}", tenant.hex());
  }

  static List<String> rows(ResultSet result) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (result) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          row.add(String.valueOf((Object) result.getString(column)));
        }
        rows.add(String.join("|", row));
      }
    }
    return rows;
  }

  /** What an attack does with the tenant's connection. */
  @FunctionalInterface
  interface Work {
    Outcome with(Connection connection) throws SQLException;
  }
}
