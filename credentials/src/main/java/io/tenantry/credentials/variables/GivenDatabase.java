package io.tenantry.credentials.variables;

import org.jspecify.annotations.Nullable;

/**
 * What one source says about a database; null for what it does not say. Prints without the
 * password.
 *
 * @param port never null where there is a host: a host brings its port
 * @param user for commands that set a database up; never a login of a running process
 */
record GivenDatabase(
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String name,
    @Nullable String sslMode,
    @Nullable String user,
    @Nullable String password) {

  static final int USUAL_PORT = 5432;

  GivenDatabase {
    if (host != null && port == null) {
      port = USUAL_PORT;
    }
  }

  @Override
  public String toString() {
    return "GivenDatabase[" + host + ":" + port + "/" + name + "]";
  }
}
