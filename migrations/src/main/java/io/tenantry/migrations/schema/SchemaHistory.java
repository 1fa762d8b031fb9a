package io.tenantry.migrations.schema;

import io.tenantry.migrations.plan.ChangeSet;
import io.tenantry.migrations.plan.Plan;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.PlatformRoles;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a schema's own history says has run. Immutable.
 *
 * @param checksums by changeset's id, in the order in which they ran
 */
public record SchemaHistory(Map<String, String> checksums) {

  /** Reads it; empty when the schema, or its history's table, is not there. */
  public static Optional<SchemaHistory> read(SchemaConnection connection, TenantId tenant)
      throws SQLException {
    String table = "\"" + TenantNames.schema(tenant) + "\".databasechangelog";
    boolean there =
        connection
            .rows("select to_regclass(" + SchemaText.literal(table) + ") is not null")
            .getFirst()
            .getFirst()
            .equals("t");
    if (!there) {
      return Optional.empty();
    }
    Map<String, String> checksums = new LinkedHashMap<>();
    for (List<String> row :
        connection.rows("select id, md5sum from " + table + " order by orderexecuted")) {
      checksums.put(row.get(0), row.get(1));
    }
    return Optional.of(new SchemaHistory(checksums));
  }

  /** As {@link #read}, on a connection that is nobody yet and is so afterwards. */
  public static Optional<SchemaHistory> readAsOwner(SchemaConnection connection, TenantId tenant)
      throws SQLException {
    try {
      connection.send("set role " + PlatformRoles.OWNER);
      try {
        return read(connection, tenant);
      } finally {
        connection.send("reset role");
      }
    } catch (SchemaFailure e) {
      throw e.refusal();
    }
  }

  /**
   * How many of the plan's changesets have run.
   *
   * @throws HistoryException when it is not the plan's beginning: names the first difference
   */
  public int countIn(Plan plan) {
    int count = checksums.size();
    List<ChangeSet> changes = plan.changeSets();
    for (int i = 0; i < Math.min(count, changes.size()); i++) {
      ChangeSet change = changes.get(i);
      String checksum = checksums.get(change.id());
      if (checksum == null) {
        throw new HistoryException(
            change.id(),
            "Changeset " + change.id() + " is missing from a history that goes on behind it.");
      }
      if (!checksum.equals(change.checksum())) {
        throw new HistoryException(
            change.id(),
            "Changeset "
                + change.id()
                + " has changed since it ran: it was "
                + checksum
                + ", it is "
                + change.checksum()
                + ". Put it back as it was, and what is new into a changeset of its own.");
      }
    }
    if (count > changes.size()) {
      String unknown =
          checksums.keySet().stream()
              .filter(id -> plan.indexOf(id).isEmpty())
              .findFirst()
              .orElse("");
      throw new HistoryException(
          unknown,
          "Changeset "
              + unknown
              + " has run and is not in this build; a newer one ran it. Use that.");
    }
    return count;
  }
}
