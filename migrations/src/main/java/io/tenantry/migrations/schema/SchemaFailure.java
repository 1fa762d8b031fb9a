package io.tenantry.migrations.schema;

import java.sql.SQLException;
import java.util.OptionalInt;

/** The server refused the text, and took all of its transaction back. */
public final class SchemaFailure extends Exception {

  private final SQLException refusal;
  private final int changeSet;
  private final boolean entering;

  SchemaFailure(SQLException refusal, int changeSet) {
    this(refusal, changeSet, false);
  }

  SchemaFailure(SQLException refusal, int changeSet, boolean entering) {
    super(refusal.getMessage(), refusal);
    this.refusal = refusal;
    this.changeSet = changeSet;
    this.entering = entering;
  }

  /** The same, known to be in that changeset. */
  public SchemaFailure in(int index) {
    return new SchemaFailure(refusal, index, entering);
  }

  /** Whether it was refused to enter the tenant, before any of its changesets. */
  public boolean entering() {
    return entering;
  }

  public SQLException refusal() {
    return refusal;
  }

  /** Five characters; empty when the driver gave none. */
  public String sqlState() {
    String state = refusal.getSQLState();
    return state == null ? "" : state;
  }

  /** Index of the changeset that it was in; empty: it had not come farther than into the first. */
  public OptionalInt changeSet() {
    return changeSet < 0 ? OptionalInt.empty() : OptionalInt.of(changeSet);
  }
}
