package io.tenantry.migrations.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.ControlException;
import io.tenantry.control.SqlFailures;
import io.tenantry.tenancy.RequestDeadline;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailuresTest {

  @ParameterizedTest
  @CsvSource({
    "08006, DATABASE_UNAVAILABLE",
    "28P01, DATABASE_UNAVAILABLE",
    "40003, DATABASE_UNAVAILABLE",
    "58030, DATABASE_UNAVAILABLE",
    "25P03, DEADLINE_EXCEEDED",
    "25P04, DEADLINE_EXCEEDED",
    "57014, DEADLINE_EXCEEDED",
    "40001, CONCURRENT_UPDATE",
    "40P01, CONCURRENT_UPDATE",
    "55P03, CONCURRENT_UPDATE"
  })
  void whatMayPassHasItsCode(String state, ErrorCode code) {
    assertThat(SqlFailures.translate("testing", new SQLException("no", state)))
        .isInstanceOfSatisfying(
            TenantryException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  @Test
  void aPoolThatWaitedInVainIsFullUnlessConnectingHadFailed() {
    assertThat(code(new SQLTransientConnectionException("none")))
        .isEqualTo(ErrorCode.POOL_EXHAUSTED);
    assertThat(code(new SQLTransientConnectionException("none", new IllegalStateException("no"))))
        .isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
  }

  @Test
  void anAnswerThatDidNotComeIsTheDeadlinesOnlyWhenThatHasPassed() {
    SQLException unanswered = new SQLException("no", "08006", new SocketTimeoutException());
    assertThat(code(unanswered)).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
    assertThat(
            RequestDeadline.<ErrorCode, RuntimeException>call(
                Duration.ZERO, () -> code(unanswered)))
        .isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
  }

  private static ErrorCode code(SQLException failure) {
    return ((TenantryException) SqlFailures.translate("testing", failure)).code();
  }

  @Test
  void theRestIsABug() {
    assertThat(SqlFailures.translate("testing", new SQLException("no", "42P01")))
        .isInstanceOf(ControlException.class);
  }
}
