package io.tenantry.migrations.changelog;

/** A changelog could not be run, for a reason that is not the database's. */
public final class MigrationException extends RuntimeException {
  MigrationException(String doing, Throwable cause) {
    super("While " + doing + ": " + cause.getMessage(), cause);
  }
}
