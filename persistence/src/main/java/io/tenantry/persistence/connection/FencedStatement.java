package io.tenantry.persistence.connection;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a {@link FencedConnection}: SQL handed to it later goes the same way as SQL handed
 * to the connection, and it leads back to that connection and to none below.
 */
final class FencedStatement implements InvocationHandler {

  private static final Set<String> TAKE_SQL =
      Set.of("execute", "executeQuery", "executeUpdate", "executeLargeUpdate", "addBatch");

  private static final Object[] NO_ARGUMENTS = {};

  private final Statement below;
  private final Connection connection;
  private final UnaryOperator<String> sql;

  private FencedStatement(Statement below, Connection connection, UnaryOperator<String> sql) {
    this.below = below;
    this.connection = connection;
    this.sql = sql;
  }

  static <S extends Statement> S wrap(
      Class<S> type, S below, Connection connection, UnaryOperator<String> sql) {
    return type.cast(
        Proxy.newProxyInstance(
            FencedStatement.class.getClassLoader(),
            new Class<?>[] {type},
            new FencedStatement(below, connection, sql)));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given)
      throws Throwable {
    Object[] arguments = given == null ? NO_ARGUMENTS : given;
    switch (method.getName()) {
      case "getConnection" -> {
        return connection;
      }
      case "unwrap", "isWrapperFor" -> {
        return wrapper(proxy, method, (Class<?>) arguments[0]);
      }
      case "equals" -> {
        return proxy == arguments[0];
      }
      case "hashCode" -> {
        return System.identityHashCode(proxy);
      }
      default -> {
        // Everything else is the statement's own.
      }
    }
    if (arguments.length > 0
        && TAKE_SQL.contains(method.getName())
        && arguments[0] instanceof String text) {
      arguments[0] = sql.apply(text);
    }
    try {
      return method.invoke(below, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Object wrapper(Object proxy, Method method, Class<?> type) throws SQLException {
    boolean own = type.isInstance(proxy);
    if (method.getName().equals("isWrapperFor")) {
      return own;
    }
    if (own) {
      return proxy;
    }
    throw new SQLFeatureNotSupportedException(
        "A tenant's statement does not offer the statement below.", "0A000");
  }
}
