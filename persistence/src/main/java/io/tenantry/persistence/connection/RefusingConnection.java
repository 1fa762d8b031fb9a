package io.tenantry.persistence.connection;

import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLXML;
import java.sql.Struct;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The half of a connection that a tenant's connection does not have: whatever would change the
 * session for the next tenant, or hand out the connection below.
 */
abstract class RefusingConnection implements Connection {

  private static SQLException refused(String what) {
    return new SQLFeatureNotSupportedException(
        "A tenant's connection does not offer " + what + ".", "0A000");
  }

  /** Rows that take changes write without SQL, and so past all that looks at SQL. */
  static void demandReadOnlyRows(int concurrency) throws SQLException {
    if (concurrency != ResultSet.CONCUR_READ_ONLY) {
      throw refused("rows to write to");
    }
  }

  static void demandRowsOfTheTransaction(int holdability) throws SQLException {
    if (holdability != ResultSet.CLOSE_CURSORS_AT_COMMIT) {
      throw refused("cursors that outlive the transaction");
    }
  }

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    throw refused("meta data: it leads to the connection below");
  }

  @Override
  public void setCatalog(String catalog) throws SQLException {
    throw refused("another catalog");
  }

  @Override
  public @Nullable String getCatalog() {
    return null;
  }

  @Override
  public void setSchema(String schema) throws SQLException {
    throw refused("another schema: SQL is qualified");
  }

  @Override
  public @Nullable String getSchema() {
    return null;
  }

  @Override
  public void setAutoCommit(boolean autoCommit) throws SQLException {
    if (autoCommit) {
      throw refused("auto-commit: a tenant lasts for a transaction");
    }
  }

  @Override
  public boolean getAutoCommit() {
    return false;
  }

  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    if (level != TRANSACTION_READ_COMMITTED) {
      throw refused("an isolation level other than READ COMMITTED: it would be the session's");
    }
  }

  @Override
  public int getTransactionIsolation() {
    return TRANSACTION_READ_COMMITTED;
  }

  @Override
  public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
    throw refused("type maps");
  }

  @Override
  public Map<String, Class<?>> getTypeMap() {
    return Map.of();
  }

  @Override
  public void setHoldability(int holdability) throws SQLException {
    demandRowsOfTheTransaction(holdability);
  }

  @Override
  public int getHoldability() {
    return ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }

  @Override
  public void setClientInfo(String name, String value) {
    // The interface allows no refusal other than SQLClientInfoException; nothing is set.
  }

  @Override
  public void setClientInfo(Properties properties) {
    // As above.
  }

  @Override
  public @Nullable String getClientInfo(String name) {
    return null;
  }

  @Override
  public Properties getClientInfo() {
    return new Properties();
  }

  @Override
  public Clob createClob() throws SQLException {
    throw refused("large objects");
  }

  @Override
  public Blob createBlob() throws SQLException {
    throw refused("large objects");
  }

  @Override
  public NClob createNClob() throws SQLException {
    throw refused("large objects");
  }

  @Override
  public SQLXML createSQLXML() throws SQLException {
    throw refused("XML values");
  }

  @Override
  public Array createArrayOf(String typeName, Object[] elements) throws SQLException {
    throw refused("arrays made on the connection");
  }

  @Override
  public Struct createStruct(String typeName, Object[] attributes) throws SQLException {
    throw refused("composite values");
  }

  @Override
  public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
    throw refused("another network timeout: it would be the session's");
  }

  @Override
  public int getNetworkTimeout() {
    return 0;
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw refused("the connection below");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
