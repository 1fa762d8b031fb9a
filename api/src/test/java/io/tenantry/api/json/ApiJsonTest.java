package io.tenantry.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class ApiJsonTest {

  private final JsonMapper json = ApiJson.mapper();

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "0.000000000000000000,0",
    "-0.0,0",
    "1.500000000000000000,1.5",
    "100,100",
    "1E+3,1000",
    "1E-18,0.000000000000000001",
    "-12.30,-12.3",
    "99999999999999999999.999999999999999999,99999999999999999999.999999999999999999"
  })
  void decimalsAreWrittenPlainAndShort(BigDecimal value, String text) {
    assertThat(json.writeValueAsString(new Money(value)))
        .isEqualTo("{\"amount\":\"" + text + "\"}");
    assertThat(json.readValue("{\"amount\":\"" + text + "\"}", Money.class).amount())
        .isEqualByComparingTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T09:30:00Z,2026-01-31T09:30:00.000000Z",
    "2026-01-31T09:30:00.5Z,2026-01-31T09:30:00.500000Z",
    "1999-12-31T23:59:59.999999999Z,1999-12-31T23:59:59.999999Z"
  })
  void timesAlwaysHaveSixDigits(Instant time, String text) {
    assertThat(json.writeValueAsString(new Moment(time))).isEqualTo("{\"time\":\"" + text + "\"}");
  }

  @Test
  void fieldsKeepTheirOrderAndNullsAreWritten() {
    assertThat(json.writeValueAsString(new Pair("z", null))).isEqualTo("{\"b\":\"z\",\"a\":null}");
  }

  @Test
  void aNumberOfMoreThanAHundredDigitsIsNotRead() {
    assertThatThrownBy(() -> json.readValue("9".repeat(101), Integer.class))
        .isInstanceOf(JacksonException.class);
  }

  record Money(BigDecimal amount) {}

  record Moment(Instant time) {}

  record Pair(@Nullable String b, @Nullable String a) {}
}
