package io.tenantry.operations.database;

import io.tenantry.credentials.Duty;
import io.tenantry.credentials.LoginCredentials;
import io.tenantry.operations.platform.Platform;
import io.tenantry.operations.terminal.CommandFailure;
import io.tenantry.operations.terminal.ExitCode;

/** As whom SQL is typed; the names are those after {@code --as}. */
enum Who {
  /** The platform's own tables. */
  control,
  /** Statistics. */
  monitor,
  /** The DDL login. */
  migrate,
  /** Reads everything. */
  backup,
  /** The superuser that the variables name, or that of a server of make run. */
  superuser;

  LoginCredentials login(Platform platform) {
    return switch (this) {
      case control -> platform.credentials().login(Duty.CONTROL);
      case monitor -> platform.credentials().login(Duty.MONITOR);
      case migrate -> platform.credentials().login(Duty.MIGRATE);
      case backup -> platform.credentials().login(Duty.BACKUP);
      case superuser -> superuserOf(platform);
    };
  }

  static LoginCredentials superuserOf(Platform platform) {
    return platform
        .login()
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.FAILED,
                    "No superuser of " + platform.where() + " is known.",
                    "Name one with its password in DATABASE_URL, or in POSTGRES_USER and"
                        + " POSTGRES_PASSWORD."));
  }
}
