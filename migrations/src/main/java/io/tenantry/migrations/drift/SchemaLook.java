package io.tenantry.migrations.drift;

import io.tenantry.control.By;
import io.tenantry.control.ControlException;
import io.tenantry.control.DriftRecord;
import io.tenantry.control.DriftRecord.Seen;
import io.tenantry.control.TenantSchema;
import io.tenantry.control.catalog.CatalogObject;
import io.tenantry.control.catalog.Fingerprints;
import io.tenantry.migrations.schema.SchemaTurn;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Looks at schemas: many by one query, and those that look wrong one by one. Thread-safe. */
final class SchemaLook {

  private static final String FREE = "select pg_try_advisory_xact_lock(?, hashtext(?))";
  private static final By DRIFT = By.worker("drift");

  private final DataSource control;
  private final DriftRecord record;
  private final boolean quarantine;

  SchemaLook(DataSource control, DriftRecord record, boolean quarantine) {
    this.control = control;
    this.record = record;
    this.quarantine = quarantine;
  }

  /**
   * What is to be said of each, in their order.
   *
   * @throws SQLException when no connection is to be had
   */
  List<DriftResult> at(List<TenantSchema> slice, Versions versions) throws SQLException {
    Map<TenantId, String> fingerprints = fingerprints(slice);
    List<DriftResult> results = new ArrayList<>();
    List<DriftRecord.AsExpected> same = new ArrayList<>();
    for (TenantSchema schema : slice) {
      Optional<String> expected = versions.fingerprint(schema.version(), schema.historyHash());
      String found = fingerprints.get(schema.tenant());
      if (expected.isEmpty()) {
        results.add(state(schema, DriftState.UNKNOWN_VERSION));
      } else if (found != null && found.equals(expected.get()) && !suspected(schema)) {
        same.add(new DriftRecord.AsExpected(schema, found));
        results.add(state(schema, DriftState.SAME));
      } else {
        results.add(judged(schema, versions));
      }
    }
    record.asExpected(same);
    return results;
  }

  /** What was written down of a look before, by a check or by a run, has to be taken back. */
  private static boolean suspected(TenantSchema schema) {
    return schema.drifted() || (schema.failedRun() != null && schema.failedSqlState() == null);
  }

  /** None at all where one of them is locked, or has been dropped meanwhile. */
  private Map<TenantId, String> fingerprints(List<TenantSchema> slice) throws SQLException {
    try (Connection connection = control.getConnection()) {
      try {
        return Fingerprints.of(connection, slice.stream().map(TenantSchema::tenant).toList());
      } catch (SQLException e) {
        if (!connection.isValid(1)) {
          throw e;
        }
        return Map.of();
      }
    }
  }

  private DriftResult judged(TenantSchema schema, Versions versions) {
    Judging judging = new Judging(TenantNames.schema(schema.tenant()), versions);
    try {
      DriftRecord.Judgement judgement =
          record.judge(schema.tenant(), quarantine, DRIFT, judging::look);
      DriftState state =
          switch (judgement) {
            case SAME -> DriftState.SAME;
            case DRIFTED -> DriftState.DRIFTED;
            case BUSY -> judging.unknown ? DriftState.UNKNOWN_VERSION : DriftState.BUSY;
            case UNKNOWN -> DriftState.GONE;
          };
      return new DriftResult(
          schema.tenant(), judging.version(schema), state, judging.deviations, null);
    } catch (ControlException e) {
      return new DriftResult(
          schema.tenant(), schema.version(), DriftState.FAILED, List.of(), e.sqlState());
    } catch (TenantryException e) {
      if (e.code() == ErrorCode.DATABASE_UNAVAILABLE) {
        throw e;
      }
      return state(schema, DriftState.BUSY);
    }
  }

  private static DriftResult state(TenantSchema schema, DriftState state) {
    return DriftResult.of(schema.tenant(), schema.version(), state);
  }

  /** One look, by which the words are found too. */
  private static final class Judging {
    private final String schema;
    private final Versions versions;
    private List<Deviation> deviations = List.of();
    private boolean unknown;
    private @Nullable String version;

    Judging(String schema, Versions versions) {
      this.schema = schema;
      this.versions = versions;
    }

    String version(TenantSchema before) {
      return version == null ? before.version() : version;
    }

    Optional<Seen> look(Connection connection, String present, @Nullable String historyHash)
        throws SQLException {
      version = present;
      deviations = List.of();
      Optional<String> expected = versions.fingerprint(present, historyHash);
      unknown = expected.isEmpty();
      if (unknown || !free(connection)) {
        return Optional.empty();
      }
      String found = Fingerprints.ofSchemas(connection, List.of(schema)).get(schema);
      boolean drifted = !expected.get().equals(found);
      if (drifted) {
        List<CatalogObject> objects = Fingerprints.describe(connection, schema);
        deviations = Difference.between(versions.objects(present), objects, schema);
      }
      return Optional.of(new Seen(found, drifted));
    }

    private boolean free(Connection connection) throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(FREE)) {
        statement.setInt(1, SchemaTurn.SPACE);
        statement.setString(2, schema);
        try (ResultSet row = statement.executeQuery()) {
          return row.next() && row.getBoolean(1);
        }
      }
    }
  }
}
