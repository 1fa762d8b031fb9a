package io.tenantry.persistence.connection;

import static io.tenantry.persistence.connection.Fixture.PLATFORM;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.credentials.Duty;
import io.tenantry.credentials.LoginCredentials;
import io.tenantry.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a login carries changes nothing on a connection of the pool. */
class PinnedParametersIT {

  @ParameterizedTest
  @CsvSource({
    "search_path, public, pg_catalog",
    "role, tenantry_app, none",
    "standard_conforming_strings, off, on",
    "transform_null_equals, on, off",
    "array_nulls, off, on",
    "row_security, off, on",
    "default_transaction_isolation, serializable, read committed",
    "default_transaction_read_only, on, off",
    "default_transaction_deferrable, on, off",
    "statement_timeout, 10s, 0",
    "lock_timeout, 10s, 0",
    "idle_in_transaction_session_timeout, 10s, 5min",
    "bytea_output, escape, hex",
    "IntervalStyle, iso_8601, postgres",
    "client_min_messages, warning, notice",
    "debug_print_parse, on, off",
    "debug_print_rewritten, on, off",
    "debug_print_plan, on, off",
    "log_parameter_max_length_on_error, 1000B, 0"
  })
  void whatALoginCarriesChangesNothing(String name, String carried, String expected)
      throws SQLException {
    PoolSettings settings =
        new PoolSettings(
            1,
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2));
    try {
      forEachLogin(" set " + name + " = '" + carried + "'");
      LoginCredentials login = PLATFORM.credentials().login(Duty.APP);
      try (Connection bare =
          DriverManager.getConnection(
              PLATFORM.address().jdbcUrl("test"), login.user(), login.password())) {
        assertThat(value(bare, name)).as("without the demand").isEqualTo(carried);
      }
      try (ServingPool pool =
              new ServingPool(PLATFORM.address(), PLATFORM.credentials(), settings);
          Connection pooled = pool.borrow()) {
        assertThat(value(pooled, name)).isEqualTo(expected);
      }
    } finally {
      forEachLogin(" reset all");
    }
  }

  private static void forEachLogin(String change) throws SQLException {
    try (Connection superuser =
            TestPostgres.shared().connectAsSuperuser(PLATFORM.address().database());
        Statement statement = superuser.createStatement()) {
      for (String login : Duty.APP.logins()) {
        statement.execute("alter role " + login + change);
      }
    }
  }

  private static String value(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select current_setting('" + name + "')")) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }
}
