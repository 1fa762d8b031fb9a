package io.tenantry.persistence.connection;

import static io.tenantry.persistence.connection.Fixture.PLATFORM;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.credentials.Duty;
import io.tenantry.migrations.TestPlatform;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
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
    "statement_timeout, 1, 0",
    "lock_timeout, 1, 0",
    "bytea_output, escape, hex",
    "IntervalStyle, iso_8601, postgres",
    "client_min_messages, debug5, notice",
    "debug_print_parse, on, off",
    "debug_print_rewritten, on, off",
    "debug_print_plan, on, off",
    "log_parameter_max_length_on_error, 1000, 0"
  })
  void whatALoginCarriesChangesNothing(String name, String carried, String expected)
      throws SQLException {
    String value = "select current_setting('" + name + "')";
    try (Connection superuser = PLATFORM.superuser()) {
      for (String login : Duty.APP.logins()) {
        TestPlatform.execute(
            superuser, "alter role " + login + " set " + name + " = '" + carried + "'");
      }
      try (Connection bare = PLATFORM.login("tenantry_app_a")) {
        assertThat(TestPlatform.rows(bare, value)).as("would be carried").doesNotContain(expected);
      }
      PoolSettings settings =
          new PoolSettings(
              1,
              Duration.ofSeconds(10),
              Duration.ofMinutes(10),
              Duration.ofSeconds(10),
              Duration.ofSeconds(2));
      try (ServingPool pool =
              new ServingPool(PLATFORM.address(), PLATFORM.credentials(), settings);
          Connection pooled = pool.borrow()) {
        assertThat(TestPlatform.rows(pooled, value)).isEqualTo(List.of(expected));
      }
    } finally {
      try (Connection superuser = PLATFORM.superuser()) {
        for (String login : Duty.APP.logins()) {
          TestPlatform.execute(superuser, "alter role " + login + " reset all");
        }
      }
    }
  }
}
