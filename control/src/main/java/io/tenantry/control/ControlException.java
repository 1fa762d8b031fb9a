package io.tenantry.control;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The database refused something that nobody expected it to refuse: a bug or a broken installation.
 * What is expected is a {@code TenantryException} with its own code. The message says what was
 * being done; for logs, never for callers.
 */
public final class ControlException extends RuntimeException {

  private final @Nullable String sqlState;

  public ControlException(String doing, SQLException cause) {
    super("While " + doing + ": SQLSTATE " + cause.getSQLState(), cause);
    this.sqlState = cause.getSQLState();
  }

  /** The SQLSTATE, null when the driver gave none. */
  public @Nullable String sqlState() {
    return sqlState;
  }
}
