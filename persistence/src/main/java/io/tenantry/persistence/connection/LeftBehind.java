package io.tenantry.persistence.connection;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Takes away what SQL has left in a server's session that outlives the client's connection. */
final class LeftBehind {

  /** The guard's word for a session that is not clean, among other ends of a session. */
  private static final String NOT_CLEAN = "57P01";

  /** Where in the server RAISE is carried out; severities are in the server's own language. */
  private static final String RAISED = "exec_stmt_raise";

  /**
   * One message to the server: a pooler that lends its sessions by the transaction leaves this one
   * with us until the last of it is done, though the transaction ends with the first.
   */
  private static final String CLEAR =
      "rollback; close all; deallocate all; unlisten *; discard temp; reset all;"
          + " reset session authorization; set search_path = pg_catalog";

  private LeftBehind() {}

  /**
   * Clears the session whose guard has just refused to enter a tenant, when that is why. Closing
   * the connection would end it, were there no pooler, which keeps it and lends it to the next. The
   * connection must be thrown away all the same.
   */
  static void clear(Connection physical, SQLException refusal) {
    if (!isNotClean(refusal)) {
      return;
    }
    try (Statement statement = physical.createStatement()) {
      statement.execute(CLEAR);
    } catch (SQLException e) {
      // It has gone, or stays refused: the guard looks again at the next checkout.
      refusal.addSuppressed(e);
    }
  }

  /** The guard raises it; when the server ends a session with the same state, no function does. */
  static boolean isNotClean(SQLException failure) {
    if (!NOT_CLEAN.equals(failure.getSQLState()) || !(failure instanceof PSQLException server)) {
      return false;
    }
    ServerErrorMessage message = server.getServerErrorMessage();
    return message != null && RAISED.equals(message.getRoutine());
  }

  /** Keeps HikariCP from closing a connection that {@link #clear} is about to use. */
  static final class Kept implements SQLExceptionOverride {

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
      return isNotClean(failure) ? Override.DO_NOT_EVICT : Override.CONTINUE_EVICT;
    }
  }
}
