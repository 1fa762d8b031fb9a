package io.tenantry.persistence.connection;

import java.lang.reflect.Method;
import java.sql.ResultSet;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Rows of a {@link FencedStatement}: they lead back to it, and not to the one below. */
final class FencedResult extends Fence {

  private final Statement statement;

  private FencedResult(ResultSet below, Statement statement) {
    super(below);
    this.statement = statement;
  }

  static ResultSet wrap(ResultSet below, Statement statement) {
    return before(ResultSet.class, new FencedResult(below, statement));
  }

  @Override
  @Nullable Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("getStatement")) {
      return statement;
    }
    Object result = below(method, arguments);
    // A cursor's rows: the driver fetches them by a statement of its own.
    return result instanceof ResultSet rows ? wrap(rows, statement) : result;
  }
}
