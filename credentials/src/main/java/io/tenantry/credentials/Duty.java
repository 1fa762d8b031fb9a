package io.tenantry.credentials;

import java.util.List;

/** What a database login is for, and the logins that may do it: one, or two that take turns. */
public enum Duty {
  /** Serves requests; owns and inherits nothing. */
  APP("tenantry_app_a", "tenantry_app_b"),
  /** Reads and writes the platform's own tables. */
  CONTROL("tenantry_control_a", "tenantry_control_b"),
  /** Changes schemas and makes roles. */
  MIGRATE("tenantry_migrator"),
  /** Changes the capability keys, nothing else. */
  ROTATE_KEYS("tenantry_rotator"),
  /** Takes dumps and scans for residue. */
  BACKUP("tenantry_backup"),
  /** Reads statistics. */
  MONITOR("tenantry_monitor");

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes it so.
  private final List<String> logins;

  Duty(String... logins) {
    this.logins = List.of(logins);
  }

  /** The logins of this duty; the first one is in use on a new installation. */
  public List<String> logins() {
    return logins;
  }
}
