package io.tenantry.tenancy.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenancy.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlStatesTest {

  @ParameterizedTest
  @CsvSource({
    "57014, DEADLINE_EXCEEDED",
    "25P03, DEADLINE_EXCEEDED",
    "25P04, DEADLINE_EXCEEDED",
    "40001, CONCURRENT_UPDATE",
    "40P01, CONCURRENT_UPDATE",
    "55P03, CONCURRENT_UPDATE",
    "40003, DATABASE_UNAVAILABLE",
    "57P01, DATABASE_UNAVAILABLE",
    "57P02, DATABASE_UNAVAILABLE",
    "57P03, DATABASE_UNAVAILABLE",
    "57P04, DATABASE_UNAVAILABLE",
    "57P05, DATABASE_UNAVAILABLE",
    "58030, DATABASE_UNAVAILABLE",
    "08000, DATABASE_UNAVAILABLE",
    "08001, DATABASE_UNAVAILABLE",
    "08003, DATABASE_UNAVAILABLE",
    "08006, DATABASE_UNAVAILABLE",
    "08P01, DATABASE_UNAVAILABLE",
    "28000, DATABASE_UNAVAILABLE",
    "28P01, DATABASE_UNAVAILABLE",
    "53000, DATABASE_UNAVAILABLE",
    "53100, DATABASE_UNAVAILABLE",
    "53200, DATABASE_UNAVAILABLE",
    "53300, DATABASE_UNAVAILABLE"
  })
  void eachStateOfTheTableHasItsCode(String state, ErrorCode code) {
    assertThat(SqlStates.code(state)).contains(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "0", "00000", "0A000", "21000", "22001", "22003", "22P02", "23502", "23503", "23505",
        "23514", "25001", "25006", "25P02", "26000", "2BP01", "3D000", "3F000", "40002", "42501",
        "42601", "42703", "42P01", "54000", "55000", "55006", "57000", "58P01", "P0001", "XX000"
      })
  void whatIsNotInTheTableIsABugOfOurs(String state) {
    assertThat(SqlStates.code(state)).isEmpty();
  }

  @Test
  void onlyWhatTheSameTransactionMaySurviveIsTriedAgain() {
    assertThat(SqlStates.passing("40001")).contains("serialization");
    assertThat(SqlStates.passing("40P01")).contains("deadlock");
    for (String state : new String[] {"55P03", "57014", "40003", "08006", "23505", "57P01"}) {
      assertThat(SqlStates.passing(state)).as(state).isEmpty();
    }
  }
}
