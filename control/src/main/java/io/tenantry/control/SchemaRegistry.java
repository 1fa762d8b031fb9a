package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Which changesets each tenant's schema has. Thread-safe; each call is one transaction and blocks
 * on the database; failures are those of {@link SqlFailures}.
 */
public final class SchemaRegistry {

  private static final String SELECT =
      """
      select s.tenant_id, s.version, s.history_hash, s.fingerprint, s.drifted, s.failed_changeset,
        s.failed_sqlstate, s.failed_run_id, s.changed_run_id, s.changed_at
      from tenantry_control.tenant_schemas s
      """;
  private static final String MADE =
      """
      insert into tenantry_control.tenant_schemas (tenant_id, version) values (?, ?)
      on conflict (tenant_id) do nothing
      """;

  private static final String VERSIONS =
      """
      select version, history_hash, count(*)::int as schemas, min(tenant_id::text)::uuid as example
      from tenantry_control.tenant_schemas group by version, history_hash order by 1, 2
      """;
  private static final String LEARN =
      """
      update tenantry_control.tenant_schemas set history_hash = ?
      where tenant_id = ? and version = ? and history_hash is null
      """;

  private static final String MOVED =
      """
      update tenantry_control.tenant_schemas set version = ?, changed_at = now()
      where tenant_id = ? and version = ?
      """;

  private final ControlTransactions transactions;

  /**
   * @param control a control login, or the owner of the platform's tables
   */
  public SchemaRegistry(DataSource control) {
    this.transactions = new ControlTransactions(control);
  }

  public Optional<TenantSchema> find(TenantId tenant) {
    return transactions
        .call(
            "reading a schema's version",
            connection -> {
              try (PreparedStatement statement =
                  connection.prepareStatement(SELECT + "where s.tenant_id = ?")) {
                statement.setObject(1, tenant.value());
                return read(statement);
              }
            })
        .stream()
        .findFirst();
  }

  /** All of them, in the order of their ids; one query. */
  public List<TenantSchema> all() {
    return transactions.call(
        "reading the versions of all schemas",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(SELECT + "order by s.tenant_id")) {
            return read(statement);
          }
        });
  }

  /** Those of these tenants that there are, in the order of their ids; one query. */
  public List<TenantSchema> of(Set<TenantId> tenants) {
    return transactions.call(
        "reading the versions of schemas",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  SELECT + "where s.tenant_id = any (?) order by s.tenant_id")) {
            Object[] ids = tenants.stream().map(TenantId::value).toArray();
            statement.setArray(1, connection.createArrayOf("uuid", ids));
            return read(statement);
          }
        });
  }

  /** Which versions there are; one query, however many schemas. */
  public List<RegisteredVersion> versions() {
    return transactions.call(
        "reading the versions of schemas",
        connection -> {
          List<RegisteredVersion> versions = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(VERSIONS);
              ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              versions.add(
                  new RegisteredVersion(
                      row.getString("version"),
                      row.getString("history_hash"),
                      row.getInt("schemas"),
                      new TenantId(row.getObject("example", UUID.class))));
            }
          }
          return versions;
        });
  }

  /** Schemas whose history is not known by its hash. */
  public List<TenantSchema> unlearnt() {
    return all().stream().filter(schema -> schema.historyHash() == null).toList();
  }

  /** Writes down the hash of a schema's history, unless it has changed since it was read. */
  public void learn(TenantId tenant, String version, String historyHash) {
    transactions.<@Nullable Void>call(
        "learning a history",
        connection -> {
          MigrationRows.update(connection, LEARN, historyHash, tenant.value(), version);
          return null;
        });
  }

  /**
   * Inside the caller's transaction. Who made the tables has written the row with them, and a run
   * may have changed it since: that row stays.
   */
  static void made(Connection connection, TenantId tenant, String version) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MADE)) {
      statement.setObject(1, tenant.value());
      statement.setString(2, version);
      statement.executeUpdate();
    }
  }

  /** As {@link #made}, unless it is at another version than {@code before} by now. */
  static void moved(Connection connection, TenantId tenant, String before, String version)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MOVED)) {
      statement.setString(1, version);
      statement.setObject(2, tenant.value());
      statement.setString(3, before);
      statement.executeUpdate();
    }
  }

  private static List<TenantSchema> read(PreparedStatement statement) throws SQLException {
    List<TenantSchema> schemas = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        schemas.add(
            new TenantSchema(
                new TenantId(row.getObject("tenant_id", UUID.class)),
                row.getString("version"),
                row.getString("history_hash"),
                row.getString("fingerprint"),
                row.getBoolean("drifted"),
                row.getString("failed_changeset"),
                row.getString("failed_sqlstate"),
                row.getObject("failed_run_id", UUID.class),
                row.getObject("changed_run_id", UUID.class),
                row.getObject("changed_at", OffsetDateTime.class).toInstant()));
      }
    }
    return schemas;
  }
}
