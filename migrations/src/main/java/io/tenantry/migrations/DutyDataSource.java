package io.tenantry.migrations;

import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.Duty;
import io.tenantry.credentials.LoginCredentials;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens a connection per call, by the login that is in use for a duty at that moment; nothing is
 * pooled, so session state that a run leaves behind ends with it. A server that is gone without a
 * word is noticed: when connecting, and where DDL is not to run for long, in each answer.
 * Thread-safe; blocks on the credentials and on the database.
 */
public final class DutyDataSource implements DataSource {

  private static final String TIMEOUTS = "&connectTimeout=5&tcpKeepAlive=true";
  private static final String ANSWER_TIMEOUT = "&socketTimeout=30";

  private final DatabaseAddress address;
  private final CredentialSource credentials;
  private final Duty duty;
  private final String applicationName;

  /**
   * @param applicationName shows in pg_stat_activity
   */
  public DutyDataSource(
      DatabaseAddress address, CredentialSource credentials, Duty duty, String applicationName) {
    this.address = address;
    this.credentials = credentials;
    this.duty = duty;
    this.applicationName = applicationName;
  }

  @Override
  public Connection getConnection() throws SQLException {
    LoginCredentials login = credentials.login(duty);
    return getConnection(login.user(), login.password());
  }

  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    String url = address.jdbcUrl(applicationName) + TIMEOUTS;
    if (duty == Duty.CONTROL || duty == Duty.APP) {
      url += ANSWER_TIMEOUT;
    }
    return DriverManager.getConnection(url, user, password);
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
