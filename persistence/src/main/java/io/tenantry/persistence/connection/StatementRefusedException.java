package io.tenantry.persistence.connection;

import java.sql.SQLFeatureNotSupportedException;
import java.util.Locale;

/**
 * A statement that a tenant's connection does not send: nothing of it has reached the database. Its
 * message says what kind of thing was refused, and never a word of the statement.
 */
public final class StatementRefusedException extends SQLFeatureNotSupportedException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  StatementRefusedException(Reason reason) {
    super("A tenant's connection does not take " + reason.what + ".", "0A000");
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }

  /** Why; few and fixed, since each is a time series. */
  enum Reason {
    SEVERAL("more than one statement in a call"),
    KIND("statements that do more than read and write rows"),
    ESCAPE("JDBC escapes"),
    UNREADABLE("text whose end or characters the server might read otherwise");

    private final String what;

    Reason(String what) {
      this.what = what;
    }

    /** As a tag's value. */
    String tag() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
