package io.tenantry.operations.platform;

import io.tenantry.credentials.DatabaseAddress;
import java.net.URI;

/**
 * Where everything of one process is: the API, and the embedded server on 127.0.0.1.
 *
 * @param api where the API answers; empty where whoever asks needs it not
 * @param postgresPort of the embedded server
 */
public record Instance(URI api, int postgresPort) {

  /** Name of its database; capabilities are signed for it. */
  public static final String DATABASE = "tenantry";

  /** Its database. */
  public DatabaseAddress database() {
    return new DatabaseAddress("127.0.0.1", postgresPort, DATABASE, "disable");
  }
}
