package io.tenantry.control.catalog;

import io.tenantry.control.SqlWork;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What tenants' schemas hold, and one number for it: SHA-256, as hex, over everything that the
 * catalog says of a schema, in order, with the names of schema and role taken out. Equal for equal
 * schemas of one server; another major version prints, and so hashes, otherwise. Stateless.
 *
 * <p>In it are tables, columns, types, defaults, keys, constraints and whether they are validated,
 * indexes and whether they are valid, policies, row security, grants, owners, comments, triggers
 * and whether they are enabled, rules, functions, sequences, views, types, and whatever else is in
 * the schema. Left out are Liquibase's own tables, the readers' grants, options of storage and
 * autovacuum, and the partitions of a table that is split by time, with the column that its keys
 * gain.
 *
 * <p>Reads catalogs that every login may read, and needs no role. On a connection with auto-commit
 * a call is a read-only transaction. Without, it is a part of the caller's, who loses no setting by
 * it and may go on when it has failed. What the server prints of an expression locks the table for
 * that moment: who waits too long for it gets 55P03.
 */
public final class Fingerprints {

  /** Stands for the name of the schema, also within that of its role: {@code app_<tenant>}. */
  public static final String MARK = "<tenant>";

  /**
   * What is printed must not depend on the session; what is looked for is little among very much,
   * which the planner cannot know of what it is to materialize.
   */
  private static final String SETTINGS =
      """
      set local search_path = pg_catalog;
      set local timezone = 'UTC';
      set local datestyle = 'ISO, MDY';
      set local intervalstyle = 'postgres';
      set local bytea_output = 'hex';
      set local extra_float_digits = 1;
      set local quote_all_identifiers = off;
      set local enable_hashjoin = off;
      set local enable_mergejoin = off;
      set local enable_seqscan = off;
      set local max_parallel_workers_per_gather = 0;
      set local jit = off;
      set local lock_timeout = '2s'
      """;

  private static final String DESCRIPTION = read("description.sql");

  /** Lengths are in it so that no two descriptions give one text. */
  private static final String FINGERPRINTS =
      DESCRIPTION
          + """
          select d.nspname, encode(sha256(convert_to(string_agg(
            octet_length(d.line) || ' ' || d.line, '' order by d.line collate "C"), 'UTF8')), 'hex')
          from (select d.nspname, replace(d.kind || ' ' || octet_length(d.object) || ' ' || d.object
              || ' ' || d.text, d.nspname, '<tenant>') as line from described d) d
          group by d.nspname
          """;

  private static final String OBJECTS =
      DESCRIPTION
          + """
          select d.* from (
            select replace(d.kind, d.nspname, '<tenant>') as kind,
              replace(d.object, d.nspname, '<tenant>') as object,
              replace(d.text, d.nspname, '<tenant>') as text
            from described d) d
          order by d.kind collate "C", d.object collate "C", d.text collate "C"
          """;

  private Fingerprints() {}

  /**
   * The fingerprints of these tenants' schemas, by one query. A tenant without a schema is not in
   * it. About 2 ms of the server's time a tenant; its backend keeps some 100 KB for each, so give
   * up the connection after a few hundred.
   */
  public static Map<TenantId, String> of(Connection connection, Collection<TenantId> tenants)
      throws SQLException {
    Map<String, TenantId> schemas = new HashMap<>();
    tenants.forEach(tenant -> schemas.put(TenantNames.schema(tenant), tenant));
    Map<TenantId, String> fingerprints = new HashMap<>();
    ofSchemas(connection, schemas.keySet())
        .forEach(
            (schema, fingerprint) -> {
              TenantId tenant = schemas.get(schema);
              if (tenant != null) {
                fingerprints.put(tenant, fingerprint);
              }
            });
    return fingerprints;
  }

  /** As {@link #of}, of any schemas by their names; one that does not exist is not in it. */
  public static Map<String, String> ofSchemas(Connection connection, Collection<String> schemas)
      throws SQLException {
    return reading(
        connection,
        FINGERPRINTS,
        schemas,
        row -> {
          Map<String, String> fingerprints = new HashMap<>();
          while (row.next()) {
            fingerprints.put(row.getString(1), row.getString(2));
          }
          return fingerprints;
        });
  }

  /**
   * What the fingerprint of a schema is made of, ordered by kind and object; empty when there is no
   * such schema. Two descriptions differ exactly when the fingerprints do.
   */
  public static List<CatalogObject> describe(Connection connection, String schema)
      throws SQLException {
    return reading(
        connection,
        OBJECTS,
        List.of(schema),
        row -> {
          List<CatalogObject> objects = new ArrayList<>();
          while (row.next()) {
            objects.add(
                new CatalogObject(
                    row.getString("kind"), row.getString("object"), row.getString("text")));
          }
          return List.copyOf(objects);
        });
  }

  @FunctionalInterface
  private interface Rows<T> {
    T read(ResultSet rows) throws SQLException;
  }

  private static <T> T reading(
      Connection connection, String sql, Collection<String> schemas, Rows<T> rows)
      throws SQLException {
    SqlWork<T> work =
        inside -> {
          try (Statement statement = inside.createStatement();
              PreparedStatement query = inside.prepareStatement(sql)) {
            statement.execute("savepoint fingerprints; " + SETTINGS);
            try {
              query.setArray(1, inside.createArrayOf("text", schemas.toArray()));
              try (ResultSet row = query.executeQuery()) {
                return rows.read(row);
              }
            } finally {
              // Takes the settings back, and a failure too.
              statement.execute(
                  "rollback to savepoint fingerprints; release savepoint fingerprints");
            }
          }
        };
    if (!connection.getAutoCommit()) {
      return work.run(connection);
    }
    connection.setAutoCommit(false);
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute("set transaction read only");
      }
      return work.run(connection);
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static String read(String resource) {
    try (InputStream in = Fingerprints.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from this build.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("While reading " + resource, e);
    }
  }
}
