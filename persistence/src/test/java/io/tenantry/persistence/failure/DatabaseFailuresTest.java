package io.tenantry.persistence.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.TransactionSystemException;

class DatabaseFailuresTest {

  @ParameterizedTest
  @CsvSource({
    "57014, DEADLINE_EXCEEDED",
    "40001, CONCURRENT_UPDATE",
    "58030, DATABASE_UNAVAILABLE",
    "08006, DATABASE_UNAVAILABLE"
  })
  void aStateIsFoundHoweverDeepItLies(String state, ErrorCode code) {
    // A COMMIT's failure comes wrapped by who said COMMIT.
    assertThat(
            DatabaseFailures.translate(
                new TransactionSystemException("commit", new SQLException("no", state))))
        .map(TenantryException::code)
        .contains(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "23505", "40002", "42P01", "XX000"})
  void whatIsNotInTheTableIsABugOfOurs(String state) {
    assertThat(DatabaseFailures.translate(new SQLException("no", state))).isEmpty();
  }

  @Test
  void aPoolThatWaitedInVainIsFullUnlessConnectingHadFailed() {
    assertThat(code(new SQLTransientConnectionException("none")))
        .isEqualTo(ErrorCode.POOL_EXHAUSTED);
    assertThat(
            code(
                new SQLTransientConnectionException(
                    "none", new IllegalStateException("no password"))))
        .isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
  }

  private static ErrorCode code(SQLException failure) {
    return DatabaseFailures.translate(failure).map(TenantryException::code).orElseThrow();
  }
}
