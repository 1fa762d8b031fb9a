package io.tenantry.control;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What is done with a connection inside one transaction. Neither commits, rolls back nor closes.
 *
 * @param <T> what it answers
 */
@FunctionalInterface
public interface SqlWork<T extends @Nullable Object> {
  T run(Connection connection) throws SQLException;
}
