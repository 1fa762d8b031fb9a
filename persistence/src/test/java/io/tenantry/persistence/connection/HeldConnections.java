package io.tenantry.persistence.connection;

import io.tenantry.persistence.Serving;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Connections of the pool that nobody else gets until they are closed. */
public final class HeldConnections {

  private HeldConnections() {}

  /** Takes {@code number} connections out of the pool. */
  public static AutoCloseable all(Serving serving, int number) throws SQLException {
    List<Connection> held = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      held.add(serving.bean(ServingPool.class).borrow());
    }
    return () -> {
      for (Connection connection : held) {
        connection.close();
      }
    };
  }
}
