package io.tenantry.credentials.startup;

import java.util.Locale;

/** The forms in which one setting can be written. */
public final class SettingNames {

  private SettingNames() {}

  /**
   * The environment variable of a property: {@code TENANTRY_POOL_MAXLIFETIME} for {@code
   * tenantry.pool.max-lifetime}.
   */
  public static String variable(String property) {
    return property.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
  }
}
