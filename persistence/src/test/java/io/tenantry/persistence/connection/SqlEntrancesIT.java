package io.tenantry.persistence.connection;

import static io.tenantry.persistence.connection.Fixture.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tenantry.persistence.Serving;
import io.tenantry.tenancy.TenantContext;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every method of JDBC that takes a text: either it is SQL, and guarded, or it stands in the list
 * here with the reason why it is none. A new version of JDBC has to be looked at first.
 */
class SqlEntrancesIT {

  private static final String STACKED = "select 1; select 2";

  private static final Map<String, String> NO_SQL =
      Map.ofEntries(
          Map.entry("Connection.setCatalog(String)", "refused"),
          Map.entry("Connection.setSchema(String)", "refused"),
          Map.entry("Connection.createArrayOf(String,Object[])", "refused"),
          Map.entry("Connection.createStruct(String,Object[])", "refused"),
          Map.entry("Connection.getClientInfo(String)", "answers null"),
          Map.entry("Connection.setClientInfo(String,String)", "does nothing"),
          Map.entry("Connection.setSavepoint(String)", "a name; the driver quotes it"),
          Map.entry("Statement.setCursorName(String)", "a name; the driver does not send it"),
          Map.entry("Statement.enquoteLiteral(String)", "answers a text, sends none"),
          Map.entry("Statement.enquoteNCharLiteral(String)", "answers a text, sends none"),
          Map.entry("Statement.enquoteIdentifier(String,boolean)", "answers a text, sends none"),
          Map.entry("Statement.isSimpleIdentifier(String)", "answers a boolean, sends nothing"),
          Map.entry("PreparedStatement.setString(int,String)", "a value"),
          Map.entry("PreparedStatement.setNString(int,String)", "a value"),
          Map.entry("PreparedStatement.setNull(int,int,String)", "a type's name, bound"));

  private static Serving serving;

  @BeforeAll
  static void start() {
    serving = Fixture.startWithOneConnection();
  }

  @AfterAll
  static void stop() {
    serving.close();
  }

  @Test
  void everyMethodThatTakesATextRefusesStackedStatementsOrTakesNoSql() throws SQLException {
    Map<String, String> answers = new HashMap<>();
    TenantContext.<String, SQLException>call(
        ACME,
        () -> {
          try (Connection connection = serving.bean(DataSource.class).getConnection()) {
            try (Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement("select 1")) {
              ask(Connection.class, connection, answers);
              ask(Statement.class, statement, answers);
              ask(Statement.class, prepared, answers);
              ask(PreparedStatement.class, prepared, answers);
            }
          }
          return "done";
        });
    assertThat(answers).hasSizeGreaterThan(20);
    answers.values().removeIf(answer -> answer.contains(StatementRefusedException.class.getName()));
    assertThat(answers).isEmpty();
  }

  @Test
  void everyReasonIsForAMethodThatThereIs() {
    Set<String> there =
        Stream.of(Connection.class, Statement.class, PreparedStatement.class)
            .flatMap(SqlEntrancesIT::takingText)
            .map(SqlEntrancesIT::name)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(there).containsAll(NO_SQL.keySet());
  }

  /** All its texts are names of parameters or values, and the driver knows no named parameter. */
  @Test
  void aCallsTextsAreNamesAndValues() {
    assertThat(takingText(CallableStatement.class))
        .isNotEmpty()
        .allSatisfy(
            method -> assertThat(method.getName()).matches("(get|set|registerOutParameter).*"));
  }

  @Test
  void aNameOfASavepointIsNoWayForSql() throws SQLException {
    TenantContext.<String, SQLException>call(
        ACME,
        () -> {
          try (Connection connection = serving.bean(DataSource.class).getConnection();
              PreparedStatement role =
                  connection.prepareStatement("select current_setting('role')")) {
            connection.rollback(connection.setSavepoint("a\"; set role none; --"));
            try (ResultSet row = role.executeQuery()) {
              row.next();
              assertThat(row.getString(1)).isNotEqualTo("none");
            }
          }
          return "done";
        });
  }

  @Test
  void aNameOfAReturnedColumnIsNoWayForSql() throws SQLException {
    TenantContext.<String, SQLException>call(
        ACME,
        () -> {
          try (Connection connection = serving.bean(DataSource.class).getConnection();
              PreparedStatement delete =
                  connection.prepareStatement(
                      "delete from tenant__schema.desk_orders where symbol = 'none'",
                      new String[] {"id\"; set role none; --"})) {
            // As one name, of no column: undefined_column.
            assertThat(Fixture.sqlState(catchThrowable(delete::executeUpdate))).isEqualTo("42703");
          }
          return "done";
        });
  }

  private static void ask(Class<?> type, Object target, Map<String, String> answers) {
    takingText(type)
        .filter(method -> !NO_SQL.containsKey(name(method)))
        .forEach(
            method ->
                answers.put(
                    target.getClass().getSimpleName() + " " + name(method),
                    answer(method, target)));
  }

  private static String answer(Method method, Object target) {
    Object[] arguments =
        Arrays.stream(method.getParameterTypes()).map(SqlEntrancesIT::argument).toArray();
    if (arguments.length == 4) {
      arguments[3] = ResultSet.CLOSE_CURSORS_AT_COMMIT;
    }
    Throwable failure = catchThrowable(() -> method.invoke(target, arguments));
    return String.valueOf(
        failure instanceof InvocationTargetException wrapped ? wrapped.getCause() : failure);
  }

  private static Object argument(Class<?> type) {
    if (type == String.class) {
      return STACKED;
    }
    if (type == int.class) {
      return ResultSet.CONCUR_READ_ONLY;
    }
    return type.isArray()
        ? Objects.requireNonNull(Array.newInstance(type.getComponentType(), 0))
        : Map.of();
  }

  private static Stream<Method> takingText(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Arrays.asList(method.getParameterTypes()).contains(String.class))
        .filter(method -> !Modifier.isStatic(method.getModifiers()));
  }

  private static String name(Method method) {
    return method.getDeclaringClass().getSimpleName()
        + "."
        + method.getName()
        + Arrays.stream(method.getParameterTypes())
            .map(Class::getSimpleName)
            .collect(Collectors.joining(",", "(", ")"));
  }
}
