package io.tenantry.operations.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlEndTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1;",
        "select ';';\n",
        "select 1; -- done",
        "select 1; /* done */ ",
        "do $$ begin null; end $$;",
        "do $b$ begin perform $$;$$; end $b$ ;",
        "select \";\";",
        "select $1;"
      })
  void aStatementEndsWithASemicolonOfItsOwn(String sql) {
    assertThat(SqlEnd.reached(sql)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "select 1",
        "select ';",
        "select 1 -- ;",
        "select 1; /* not yet",
        "do $$ begin null;",
        "do $b$ begin perform $$;$$;",
        "select \";",
        "select 1; select 2"
      })
  void elsewhereMoreIsWaitedFor(String sql) {
    assertThat(SqlEnd.reached(sql)).isFalse();
  }
}
