package io.tenantry.migrations.purge;

import io.tenantry.control.SqlFailures;
import io.tenantry.control.certificate.PurgeCertificate.Remaining;
import io.tenantry.credentials.CredentialSource;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The one list of places where something of a tenant may be left: a new kind of place gets an entry
 * in {@link #sources}, and if something stays there by design, in {@link #remaining}.
 */
final class Residue {

  /** In an operation's error; the log has all. */
  private static final int MOST_SHOWN = 30;

  private static final String AUDITED_RUNS =
      """
      select count(*) from tenantry_control.audit_events e
      where e.tenant_id is null and jsonb_exists(e.after -> 'canaries', ?)
      """;

  private static final String AUDITED_ERRORS =
      """
      select count(*) from tenantry_control.audit_events e
      where e.tenant_id is null
        and position(format('''%s''', ?::text) in e.after ->> 'error_detail') > 0
      """;

  private final DataSource backup;
  private final List<ResidueSource> sources;

  Residue(DataSource backup, CredentialSource credentials) {
    this.backup = backup;
    this.sources = sources(credentials);
  }

  static List<ResidueSource> sources(CredentialSource credentials) {
    return List.of(
        CatalogResidue.ROLES,
        CatalogResidue.MEMBERSHIPS,
        CatalogResidue.GRANTS,
        CatalogResidue.SCHEMAS,
        new SharedRowResidue(),
        new NameResidue(),
        new SecretResidue(credentials));
  }

  List<String> searched() {
    return sources.stream().map(ResidueSource::place).toList();
  }

  /**
   * Looks everywhere.
   *
   * @return in a line, that there is nothing
   * @throws TenantryException with {@code purge_residue} naming what is left
   */
  String demandNone(Subject subject) {
    List<String> found = new ArrayList<>();
    try (Connection connection = backup.getConnection()) {
      demandToSeeAll(connection);
      for (ResidueSource source : sources) {
        found.addAll(source.find(connection, subject));
      }
    } catch (SQLException e) {
      throw SqlFailures.translate("looking for what is left of a tenant", e);
    }
    if (!found.isEmpty()) {
      String shown = String.join("; ", found.subList(0, Math.min(MOST_SHOWN, found.size())));
      throw new TenantryException(
          ErrorCode.PURGE_RESIDUE,
          found.size() > MOST_SHOWN
              ? shown + "; and " + (found.size() - MOST_SHOWN) + " more"
              : shown);
    }
    return "nothing in " + sources.size() + " kinds of places";
  }

  /** A login that is under the policies would see nothing, and say so; now it is refused. */
  static void demandToSeeAll(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set row_security = off");
    }
  }

  /** What stays by design, after all else is gone. */
  List<Remaining> remaining(Subject subject) {
    List<Remaining> left = new ArrayList<>();
    left.add(
        new Remaining(
            "tenantry_control.tenants", "the tombstone: id, SHA-256 of the slug, times", null));
    try (Connection connection = backup.getConnection()) {
      demandToSeeAll(connection);
      for (SharedTables.Table table : SharedTables.find(connection)) {
        long rows = table.keeps() ? table.count(connection, subject) : 0;
        if (rows > 0) {
          left.add(
              new Remaining(
                  table.name(), rows + " rows: " + SharedTables.KEPT.get(table.name()), null));
        }
      }
      audited(connection, subject, AUDITED_RUNS, "that were told to begin with it", left);
      audited(connection, subject, AUDITED_ERRORS, "whose error named it", left);
    } catch (SQLException e) {
      throw SqlFailures.translate("looking at what stays of a tenant", e);
    }
    return left;
  }

  private static void audited(
      Connection connection, Subject subject, String sql, String which, List<Remaining> left)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, subject.tenant().slug().value());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        if (row.getLong(1) > 0) {
          left.add(
              new Remaining(
                  "tenantry_control.audit_events",
                  row.getLong(1) + " rows: runs over all schemas " + which + "; append-only",
                  null));
        }
      }
    }
  }
}
