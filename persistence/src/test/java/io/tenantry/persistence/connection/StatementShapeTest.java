package io.tenantry.persistence.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log shows of a refused statement. */
class StatementShapeTest {

  @Test
  void wordsAndSignsStayAndValuesGo() {
    assertThat(
            StatementShape.of(
                "/* why */ select a.b,  'it''s' , 42, $$c$$ from t\n where d = ?; set role none --"
                    + " x"))
        .isEqualTo("select a.b, ? , ?, ? from t where d = ?; set role none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 'hunter2'",
        "select 'hunter2",
        "select E'\\'hunter2'",
        "select 'it\\'s hunter2'",
        "select \\'hunter2\\'",
        "select E'a'\n'\\' hunter2'",
        "select $$hunter2$$",
        "select $a$ $$ hunter2 $a$",
        "select $a$ hunter2",
        "select U&'hunter2'",
        "select \"hunter2\"",
        "select 1 -- hunter2",
        "select /* /* */ hunter2 */ 1",
        "select /* hunter2",
        "select * from t where name = 'O'Brien hunter2'",
        "select * from t where name = 'O'Brien said 'hunter2' twice'",
        "select * from t where a = 'x' and name = 'O'Brien hunter2' and b = 'y'",
        "select * from t where n = 7hunter2"
      })
  void aPlantedSecretIsNotShown(String sql) {
    assertThat(StatementShape.of(sql)).startsWith("select").doesNotContain("hunter2");
  }

  @Test
  void itIsOneShortLineOfPlainCharacters() {
    assertThat(
            StatementShape.of("select a\r\nERROR forged,\u202eb, \u2028c, \u0000d ;".repeat(1000)))
        .hasSizeLessThanOrEqualTo(200)
        .matches("[ -~]+");
    assertThat(StatementShape.of("a".repeat(64))).isEqualTo("?");
    assertThat(StatementShape.of("")).isEmpty();
  }
}
