package io.tenantry.operations.doctor;

import io.tenantry.control.SqlFailures;
import io.tenantry.credentials.Duty;
import io.tenantry.tenancy.finding.Finding;
import io.tenantry.tenancy.finding.FindingCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Logs in as a login and asks what it may do by itself, outside of any tenant's transaction: a
 * runtime login nothing, a control login something in the platform's own schema alone.
 */
final class LoginProbe {

  private static final String CONTROL_SCHEMA = "tenantry_control";
  private static final int NAMED = 5;

  private static final String POWERS =
      """
      select format('%I.%I', n.nspname, c.relname) as object
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'f')
        and n.nspname ~ ? and n.nspname <> ?
        and has_table_privilege(c.oid, 'select, insert, update, delete, truncate, references, trigger')
      union all
      select format('schema %I', n.nspname) from pg_catalog.pg_namespace n
      where n.nspname ~ ? and has_schema_privilege(n.oid, 'create')
      union all
      select format('database %I', current_database())
      where has_database_privilege(current_database(), 'create, temporary')
      order by 1
      """;

  private final String schemas;

  /**
   * @param sharedOnly whether tenants' schemas are left out
   */
  LoginProbe(boolean sharedOnly) {
    this.schemas = sharedOnly ? "^tenantry_" : "^tenant(ry)?_";
  }

  /** One finding for the login that {@code source} logs in as, or none. */
  List<Finding> findings(DataSource source, Duty duty) {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(POWERS)) {
      statement.setString(1, schemas);
      statement.setString(2, duty == Duty.CONTROL ? CONTROL_SCHEMA : "");
      statement.setString(3, schemas);
      List<String> objects = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          objects.add(row.getString(1));
        }
      }
      return objects.isEmpty()
          ? List.of()
          : List.of(powerful(connection.getMetaData().getUserName(), objects));
    } catch (SQLException e) {
      throw SqlFailures.translate("looking what the login for " + duty + " may do", e);
    }
  }

  private static Finding powerful(String login, List<String> objects) {
    String more = objects.size() > NAMED ? " and " + (objects.size() - NAMED) + " more" : "";
    return new Finding(
        FindingCode.LOGIN_POWERFUL,
        login,
        "By itself it has privileges on "
            + String.join(", ", objects.subList(0, Math.min(NAMED, objects.size())))
            + more
            + ".");
  }
}
