package io.tenantry.migrations.fanout;

import io.tenantry.migrations.plan.ConcurrentIndex;
import io.tenantry.migrations.schema.SchemaConnection;
import io.tenantry.migrations.schema.SchemaFailure;
import io.tenantry.migrations.schema.SchemaText;
import java.sql.SQLException;
import java.util.List;

/** An index that is made or dropped while others read and write its table. */
final class IndexBeside {

  private final SchemaConnection connection;
  private final ConcurrentIndex index;

  /**
   * @param connection with the schema's role and path
   */
  IndexBeside(SchemaConnection connection, ConcurrentIndex index) {
    this.connection = connection;
    this.index = index;
  }

  /**
   * Leaves it there and valid, or gone. A build that broke off leaves an index that is not.
   *
   * @return whether it was otherwise before
   */
  boolean bring() throws SchemaFailure, SQLException {
    List<List<String>> found =
        connection.rows(
            "select i.indisvalid from pg_index i where i.indexrelid = to_regclass("
                + SchemaText.literal(index.name())
                + ")");
    boolean there = !found.isEmpty();
    if (!index.made()) {
      if (there) {
        connection.send(index.sql());
      }
      return there;
    }
    if (there && found.getFirst().getFirst().equals("t")) {
      return false;
    }
    if (there) {
      drop();
    }
    try {
      connection.send(index.sql());
    } catch (SchemaFailure e) {
      if (!connection.broken()) {
        try {
          drop();
        } catch (SchemaFailure left) {
          // The next try finds it.
          e.addSuppressed(left);
        }
      }
      throw e;
    }
    return true;
  }

  private void drop() throws SchemaFailure {
    connection.send(index.gone().sql());
  }
}
