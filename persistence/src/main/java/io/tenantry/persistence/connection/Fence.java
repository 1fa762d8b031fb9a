package io.tenantry.persistence.connection;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import org.jspecify.annotations.Nullable;

/** Stands before an object of the driver's and does not hand it out. */
abstract class Fence implements InvocationHandler {

  private static final Object[] NO_ARGUMENTS = {};

  private final Object below;

  Fence(Object below) {
    this.below = below;
  }

  static <S> S before(Class<S> type, Fence fence) {
    return type.cast(
        Proxy.newProxyInstance(Fence.class.getClassLoader(), new Class<?>[] {type}, fence));
  }

  /** Answers a call; what is not answered here goes {@link #below}. */
  abstract @Nullable Object call(Object proxy, Method method, Object[] arguments) throws Throwable;

  final @Nullable Object below(Method method, Object[] arguments) throws Throwable {
    try {
      Object result = method.invoke(below, arguments);
      return result instanceof Array array ? FencedArray.wrap(array) : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Override
  public final @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given)
      throws Throwable {
    Object[] arguments = given == null ? NO_ARGUMENTS : given;
    return switch (method.getName()) {
      case "unwrap" -> unwrap(proxy, (Class<?>) arguments[0]);
      case "isWrapperFor" -> ((Class<?>) arguments[0]).isInstance(proxy);
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> call(proxy, method, arguments);
    };
  }

  private static Object unwrap(Object proxy, Class<?> type) throws SQLException {
    if (type.isInstance(proxy)) {
      return proxy;
    }
    throw new SQLFeatureNotSupportedException(
        "A tenant's connection does not offer the driver's objects.", "0A000");
  }
}
