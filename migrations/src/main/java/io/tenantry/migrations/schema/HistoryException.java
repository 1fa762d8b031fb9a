package io.tenantry.migrations.schema;

/** A schema has not run what the plan begins with; the message says the way out. */
public final class HistoryException extends RuntimeException {

  private final String changeSet;
  private final String detail;

  public HistoryException(String changeSet, String message) {
    super(message);
    this.changeSet = changeSet;
    this.detail = message;
  }

  /** The message. */
  public String detail() {
    return detail;
  }

  /** The id of the first changeset that differs. */
  public String changeSet() {
    return changeSet;
  }
}
