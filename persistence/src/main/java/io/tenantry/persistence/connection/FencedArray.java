package io.tenantry.persistence.connection;

import java.lang.reflect.Method;
import java.sql.Array;
import java.sql.SQLFeatureNotSupportedException;
import org.jspecify.annotations.Nullable;

/** An array out of a {@link FencedResult}: it gives its elements, and no rows of the driver's. */
final class FencedArray extends Fence {

  private FencedArray(Array below) {
    super(below);
  }

  static Array wrap(Array below) {
    return before(Array.class, new FencedArray(below));
  }

  @Override
  @Nullable Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("getResultSet")) {
      throw new SQLFeatureNotSupportedException(
          "A tenant's connection does not offer arrays as rows.", "0A000");
    }
    return below(method, arguments);
  }
}
