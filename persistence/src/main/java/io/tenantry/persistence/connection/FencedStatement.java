package io.tenantry.persistence.connection;

import java.lang.reflect.Method;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a {@link FencedConnection}: SQL handed to it later goes the same way as SQL handed
 * to the connection, and it leads back to that connection and to none below.
 */
final class FencedStatement extends Fence {

  private static final Set<String> TAKE_SQL =
      Set.of("execute", "executeQuery", "executeUpdate", "executeLargeUpdate", "addBatch");

  private final FencedConnection connection;

  private FencedStatement(Statement below, FencedConnection connection) {
    super(below);
    this.connection = connection;
  }

  static <S extends Statement> S wrap(Class<S> type, S below, FencedConnection connection) {
    return before(type, new FencedStatement(below, connection));
  }

  @Override
  @Nullable Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
    String name = method.getName();
    if (name.equals("getConnection")) {
      return connection;
    }
    if (name.startsWith("execute")) {
      // Prepared before a COMMIT and run behind it, it would otherwise run without a tenant.
      connection.entered();
    }
    if (arguments.length > 0 && TAKE_SQL.contains(name) && arguments[0] instanceof String text) {
      arguments[0] = connection.sql(text);
    }
    Object result = below(method, arguments);
    return result instanceof ResultSet rows ? FencedResult.wrap(rows, (Statement) proxy) : result;
  }
}
