package io.tenantry.credentials.variables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

  @ParameterizedTest
  @CsvSource({
    "postgres://db.example:6432/desk, db.example, 6432, desk,",
    "postgresql://db/desk, db, 5432, desk,",
    "POSTGRESQL://db/desk, db, 5432, desk,",
    "postgresql+asyncpg://u:p@db:5433/desk, db, 5433, desk,",
    "postgresql+psycopg2://db, db, 5432,,",
    "jdbc:postgresql://db:5432/desk?user=u&password=p, db, 5432, desk,",
    "postgres://db/desk?sslmode=verify-full, db, 5432, desk, verify-full",
    "postgres://db/desk?sslmode=REQUIRE&ssl=false, db, 5432, desk, require",
    "postgres://db/desk?ssl=true, db, 5432, desk, require",
    "jdbc:postgresql://db/desk?ssl=true, db, 5432, desk, verify-full",
    "jdbc:postgresql://db/desk?ssl, db, 5432, desk, verify-full",
    "postgres://db/desk?ssl=false, db, 5432, desk, disable",
    "postgresql+asyncpg://db/desk?ssl=require, db, 5432, desk, require",
    "postgres://u:p@[::1]:5433/desk, ::1, 5433, desk,",
    "postgres://[fe80::1]/desk, fe80::1, 5432, desk,",
    "postgres://u:p%40%3A%2F@db/my%20desk, db, 5432, my desk,",
    "postgres://db/desk?application_name=a&options=-c%20x, db, 5432, desk,"
  })
  void everyFormIsRead(String url, String host, int port, String name, String sslMode) {
    GivenDatabase given = DatabaseUrl.read(url);
    assertThat(given.host()).isEqualTo(host);
    assertThat(given.port()).isEqualTo(port);
    assertThat(given.name()).isEqualTo(name);
    assertThat(given.sslMode()).isEqualTo(sslMode);
  }

  @ParameterizedTest
  @CsvSource({
    "postgres://trader:p%40s%2Bs%2F+:x@db/desk, trader, p@s+s/+:x",
    "postgres://tr%20ader@db/desk, tr ader,",
    "jdbc:postgresql://db/desk?user=trader&password=a%26b, trader, a&b",
    "postgres://first:one@db/desk?user=second&password=two, first, one",
    "postgres://db/desk,,"
  })
  void theLoginIsReadApart(String url, String user, String password) {
    GivenDatabase given = DatabaseUrl.read(url);
    assertThat(given.user()).isEqualTo(user);
    assertThat(given.password()).isEqualTo(password);
    if (password != null) {
      assertThat(given.toString()).doesNotContain(password);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://u:topsecret@db/desk",
        "topsecret",
        "postgres:/u:topsecret@db/desk",
        "postgres://u:topsecret@/desk",
        "postgres://u:topsecret@db:99999/desk",
        "postgres://u:topsecret@db:0/desk",
        "postgres://u:topsecret@one,two/desk",
        "postgres://u:topsecret@one:1,two:2/desk",
        "postgres://u:topsecret%zz@db/desk",
        "postgres://u:a@b:topsecret/desk",
        "postgres://u:a/topsecret@db/desk",
        "postgres://u:topsecret@db/desk?sslmode=topsecret",
        "postgres://u:topsecret@db/desk?sslmode=no-verify"
      })
  void whatCannotBeUsedIsRefusedWithoutShowingIt(String url) {
    assertThatThrownBy(() -> DatabaseUrl.read(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("topsecret")
        .hasNoCause();
  }

  @Test
  void anAtSignInThePasswordDoesNotEndIt() {
    GivenDatabase given = DatabaseUrl.read("postgres://u:p@ss@db/desk");
    assertThat(given.host()).isEqualTo("db");
    assertThat(given.password()).isEqualTo("p@ss");
  }
}
