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

  /** Of a plain statement's methods those whose text is not SQL; any other's is taken for it. */
  private static final Set<String> NO_SQL =
      Set.of(
          "setCursorName",
          "enquoteLiteral",
          "enquoteNCharLiteral",
          "enquoteIdentifier",
          "isSimpleIdentifier");

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
    if (takesSql(method)) {
      arguments[0] = connection.sql(String.valueOf(arguments[0]));
    }
    if (name.startsWith("execute")) {
      // Prepared before a COMMIT and run behind it, it would otherwise run without a tenant.
      connection.entered();
    }
    Object result = below(method, arguments);
    return result instanceof ResultSet rows ? FencedResult.wrap(rows, (Statement) proxy) : result;
  }

  private static boolean takesSql(Method method) {
    return method.getDeclaringClass() == Statement.class
        && method.getParameterCount() > 0
        && method.getParameterTypes()[0] == String.class
        && !NO_SQL.contains(method.getName());
  }
}
