package io.tenantry.credentials.variables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.credentials.LoginCredentials;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseVariablesTest {

  /** Variables, and what comes of them as host:port/name?sslmode. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DATABASE_URL=postgres://a:1/a POSTGRES_URL=postgres://b:2/b DB_HOST=c | a:1/a?-",
        "POSTGRES_URL=postgres://b:2/b POSTGRES_HOST=c POSTGRES_PORT=3 | b:2/b?-",
        "POSTGRES_HOST=c POSTGRES_PORT=3 POSTGRES_DB=c DB_HOST=d DB_PORT=4 DB_NAME=d | c:3/c?-",
        "DB_HOST=d DB_PORT=4 DB_NAME=d OPS_DB_HOST=e OPS_DB_PORT=5 OPS_DB_NAME=e | d:4/d?-",
        "OPS_DB_HOST=e OPS_DB_PORT=5 OPS_DB_NAME=e | e:5/e?-",
        "DB_HOST=d DB_NAME=d POSTGRES_SSLMODE=disable | d:5432/d?disable",
        "POSTGRES_URL=postgres://b/b?sslmode=require POSTGRES_SSLMODE=disable | b:5432/b?require",
        "POSTGRES_URL=postgres://b POSTGRES_DB=c | b:5432/c?-",
        "POSTGRES_HOST=c DB_PORT=4 | c:5432/-?-",
        "DB_PORT=4 | -:4/-?-",
        "DB_HOST=  DB_NAME=d OPS_DB_HOST=e | e:5432/d?-",
        "POSTGRES_PORT=tcp://10.0.0.7:5432 DB_PORT=4 | -:4/-?-",
        "POSTGRES_USER=u POSTGRES_PASSWORD=p | -:-/-?-",
        "OTHER=x | -:-/-?-"
      })
  void eachValueComesFromTheFirstThatHasItAndAHostBringsItsPort(String given, String expected) {
    Map<String, DatabaseVariables.Origin> properties = read(given).properties();
    assertThat(
            value(properties, DatabaseVariables.HOST)
                + ":"
                + value(properties, DatabaseVariables.PORT)
                + "/"
                + value(properties, DatabaseVariables.NAME)
                + "?"
                + value(properties, DatabaseVariables.SSL_MODE))
        .isEqualTo(expected);
  }

  @Test
  void eachValueSaysWhichVariableItIsFrom() {
    Map<String, String> from =
        read("POSTGRES_HOST=c POSTGRES_DB=d POSTGRES_SSLMODE=require")
            .properties()
            .entrySet()
            .stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    one -> one.getValue().variable(),
                    (a, _) -> a,
                    TreeMap::new));
    assertThat(from)
        .containsEntry(DatabaseVariables.HOST, "POSTGRES_HOST")
        .containsEntry(DatabaseVariables.NAME, "POSTGRES_DB")
        .containsEntry(DatabaseVariables.SSL_MODE, "POSTGRES_SSLMODE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DATABASE_URL=postgres://u1:p1@a POSTGRES_USER=u2 POSTGRES_PASSWORD=p2 | u1",
        "DATABASE_URL=postgres://u1@a POSTGRES_USER=u2 POSTGRES_PASSWORD=p2 | u2",
        "POSTGRES_URL=postgres://u1:p1@a DB_USER=u3 DB_PASSWORD=p3 | u1",
        "DB_USER=u3 DB_PASSWORD=p3 OPS_DB_USER=u4 OPS_DB_PASSWORD=p4 | u3",
        "OPS_DB_USER=u4 OPS_DB_PASSWORD=p4 | u4"
      })
  void theLoginIsThatOfTheFirstWithUserAndPasswordAndPrintsWithoutIt(String given, String user) {
    assertThat(read(given).login())
        .hasValueSatisfying(
            login -> {
              assertThat(login.user()).isEqualTo(user);
              assertThat(login.password()).isEqualTo(user.replace('u', 'p'));
              assertThat(login.toString()).doesNotContain(login.password());
            });
  }

  @Test
  void aPasswordIsNotTriedAtAnotherHostThanItCameWith() {
    DatabaseVariables variables =
        read("DATABASE_URL=postgres://u1:p1@a DB_HOST=b DB_USER=u2 DB_PASSWORD=p2");
    assertThat(variables.login("a").map(LoginCredentials::user)).hasValue("u1");
    assertThat(variables.login("b").map(LoginCredentials::user)).hasValue("u2");
    assertThat(variables.login("c")).isEmpty();
    assertThat(read("POSTGRES_USER=u3 POSTGRES_PASSWORD=p3").login("c")).isPresent();
  }

  @Test
  void withoutAPasswordThereIsNoLogin() {
    assertThat(read("POSTGRES_USER=u DB_PASSWORD=p").login()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DATABASE_URL=mysql://u:topsecret@db/x | DATABASE_URL",
        "POSTGRES_URL=postgres://u:topsecret@db:x/x | POSTGRES_URL",
        "POSTGRES_SSLMODE=topsecret | POSTGRES_SSLMODE",
        "POSTGRES_PORT=70000 | POSTGRES_PORT is '70000'",
        "DB_PORT=x | DB_PORT is 'x'",
        "OPS_DB_PORT=0 | OPS_DB_PORT is '0'"
      })
  void aVariableThatCannotBeUsedIsNamedAndItsSecretIsNotShown(String given, String named) {
    assertThatThrownBy(() -> read(given))
        .isInstanceOfSatisfying(
            TenantryException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.SETTING_INVALID))
        .hasMessageContaining(named)
        .hasMessageNotContaining("topsecret")
        .hasNoCause();
  }

  private static DatabaseVariables read(String given) {
    Map<String, String> variables = new TreeMap<>();
    for (String one : given.split(" ", -1)) {
      if (!one.isEmpty()) {
        variables.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
      }
    }
    return DatabaseVariables.read(variables::get);
  }

  private static String value(Map<String, DatabaseVariables.Origin> properties, String name) {
    DatabaseVariables.Origin origin = properties.get(name);
    return origin == null ? "-" : origin.value();
  }
}
