package io.tenantry.persistence.connection;

import static io.tenantry.persistence.connection.Fixture.ACME;
import static io.tenantry.persistence.connection.Fixture.PLATFORM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tenantry.credentials.Duty;
import io.tenantry.persistence.Serving;
import io.tenantry.persistence.failure.DatabaseFailures;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * The guard reads literals as the server does with standard_conforming_strings on. A session where
 * it is off would read {@code '\'} on behind its end.
 */
class StandardStringsIT {

  private static final String OFF = "set standard_conforming_strings = off";

  @Test
  void aLoginsOwnSettingDoesNotReachTheSession() throws Exception {
    String login = PLATFORM.credentials().login(Duty.APP).user();
    try (AutoCloseable _ =
            PLATFORM.asSuperuser(
                List.of("alter role " + login + " " + OFF),
                List.of("alter role " + login + " reset standard_conforming_strings"));
        Serving serving = Fixture.startWithOneConnection()) {
      assertThat(setting(serving)).isEqualTo("on");
    }
  }

  @Test
  void aConnectionWhoseSettingWasTurnedOffIsThrownAway() throws SQLException {
    try (Serving serving = Fixture.startWithOneConnection()) {
      ServingPool pool = serving.bean(ServingPool.class);
      int before = Backend.look(pool).pid();
      assertThat(Backend.asLogin(pool, OFF)).isNull();
      Throwable failure = catchThrowable(() -> setting(serving));
      assertThat(DatabaseFailures.translate(failure))
          .map(TenantryException::code)
          .contains(ErrorCode.DATABASE_UNAVAILABLE);
      assertThat(Backend.look(pool).pid()).isNotEqualTo(before);
      assertThat(setting(serving)).isEqualTo("on");
    }
  }

  @Test
  void aFlipInsideTheTransactionEndsIt() throws SQLException {
    try (Serving serving =
        Serving.start(
            PLATFORM.address(),
            PLATFORM.credentials(),
            Map.of("tenantry.pool.size", "1"),
            context ->
                context.registerBean("statementGuard", StatementGuard.class, () -> sql -> {}))) {
      TenantContext.<String, SQLException>call(
          ACME,
          () -> {
            try (Connection connection = serving.bean(DataSource.class).getConnection();
                Statement statement = connection.createStatement()) {
              // As if something had got past the guard.
              statement.execute(OFF);
              assertThat(Fixture.sqlState(catchThrowable(() -> statement.execute("select 1"))))
                  .isEqualTo("57P01");
              assertThat(connection.isClosed()).isTrue();
            }
            return "done";
          });
      assertThat(setting(serving)).isEqualTo("on");
    }
  }

  private static String setting(Serving serving) {
    return serving.read(
        ACME,
        () ->
            String.valueOf(
                serving
                    .sql()
                    .queryForObject(
                        "select current_setting('standard_conforming_strings')", String.class)));
  }
}
