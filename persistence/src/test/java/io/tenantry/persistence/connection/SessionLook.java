package io.tenantry.persistence.connection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** Finds what is left on a connection that nobody uses. */
final class SessionLook {

  /** For a superuser to make: a login may not see statements that SQL has prepared. */
  static final List<String> FUNCTION =
      List.of(
          "create schema if not exists soak",
          """
          create or replace function soak.left_behind() returns text
          language sql stable security definer
          return concat_ws(', ',
            case when current_setting('role') <> 'none'
              then 'role ' || current_setting('role') end,
            case when current_setting('backtrace_functions') <> '' then 'register' end,
            case when coalesce(current_setting('app.tenant_id', true), '') <> ''
              then 'app.tenant_id' end,
            case when current_setting('statement_timeout') <> '0' then 'statement_timeout' end,
            case when current_setting('lock_timeout') <> '0' then 'lock_timeout' end,
            case when current_setting('search_path') <> 'pg_catalog' then 'search_path' end,
            case when current_setting('default_transaction_read_only') <> 'off'
              then 'default_transaction_read_only' end,
            case when pg_my_temp_schema() <> 0 then 'temp schema' end,
            case when exists (select from pg_prepared_statement() p where p.from_sql)
              then 'prepared by SQL' end,
            case when exists (select from pg_cursor() c where c.is_holdable)
              then 'holdable cursor' end,
            case when exists (select from pg_listening_channels()) then 'listens' end,
            case when exists (
              select from pg_locks l where l.pid = pg_backend_pid() and l.locktype = 'advisory')
              then 'advisory lock' end)
          """,
          // To everybody: a login that has kept a tenant's role is looked at, too.
          "grant usage on schema soak to public");

  private SessionLook() {}

  /** What is left, empty when nothing is. */
  static String at(Connection connection) throws SQLException {
    if (connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE) {
      return "open transaction";
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select soak.left_behind()")) {
      row.next();
      return row.getString(1);
    } finally {
      connection.rollback();
    }
  }
}
