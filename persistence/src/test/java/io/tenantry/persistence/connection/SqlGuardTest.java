package io.tenantry.persistence.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.persistence.connection.StatementRefusedException.Reason;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that the guard takes, and texts made to get past it. */
class SqlGuardTest {

  private final StatementGuard guard = new SqlGuard();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select ';'",
        "select 'it''s; so'",
        "select \"a;\"\"b\" from t",
        "select $$;$$",
        "select $a$ ; $$ ; $b$ ; $a$",
        "select $_ä1$;$_ä1$",
        "select E'\\';' , e'\\\\'",
        "select E'a' '\\', ';'",
        "select '\\', ';'",
        "select U&'d!0061t; ' UESCAPE '!'",
        "select u&\"a;b\" from t",
        "select b'01', x'1F', N';'",
        "select /* ; /* ' ; */ \" ; */ 1 -- ; $$ '",
        "-- ;\n/* ; */ ( -- so\n (\f\u000bselect 1))",
        "select 1;",
        "select 1 ; \n ",
        "/* a; b */ insert into t values (?)",
        "with a as (insert into t values (1) returning x) select * from a;",
        "UPDATE t set a = ? where b ?? 'c'",
        "delete from t",
        "mErGe into t using s on true when matched then do nothing",
        "values (1)",
        "select a$1$ from t where b = $1",
        "select '😀', \"ä\", $é$ $é$",
        "select array[1,2], a[1:2], b::int, c->>'x', '{fn now()}', 1_000, 0x1F, 1.5e3"
      })
  void aSingleStatementThatReadsOrWritesRowsIsTaken(String sql) {
    assertThatCode(() -> guard.demandAllowed(sql)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1; select 2",
        "select 1;;",
        "select 1; -- so\n;",
        "select 1; /* so */ select 2",
        "select 1 \\; drop table t",
        "select '\\'; drop table t --'",
        "select 'a'';'; drop table t --'",
        "select E'\\\\'; drop table t --'",
        "select \"a\\\"; drop table t --\"",
        "select $a$ $a$; drop table t -- $a$",
        "select $a$ $A$ $a$; drop table t -- $A$",
        "select a$a$ ; drop table t; select b$a$",
        "select 1 /* /* */ */; drop table t /* */",
        "select 1 -- so\r; drop table t",
        "select 1 -- so\n; drop table t",
        "select (1; drop table t)",
        "select 1 as begin atomic; set role none; end",
        "with begin atomic as (select 1); set role none; end",
        // Here a wrong idea of an escape's end or of a quote's begin would hide what follows.
        "select E'''\\''; set role none --'",
        "select E'x'\n'\\' || '; set role none --'",
        "select E'x' -- so\n '\\' || '; set role none --'",
        "select 1$$'$$ ; set role none --'",
        "select $1$$'$$ ; set role none --'",
        "select $?'$$; set role none --'",
        "select xe'\\'; set role none --'",
        "select U&'\\'; set role none --'"
      })
  void moreThanOneStatementIsRefused(String sql) {
    assertThat(refused(sql)).isEqualTo(Reason.SEVERAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ";",
        "; select 1",
        "()",
        "-- select 1",
        "/* select 1 */",
        "/* /* */ select 1 */ set role none",
        "set role none",
        "(set role none)",
        "SELECTED",
        "select$1",
        "_select 1",
        "select\u00a01",
        "\u00a0select 1",
        "\u2003select 1",
        "\u3000select 1",
        "\u202eselect 1",
        "\u200bselect 1",
        "\ufeffselect 1",
        "\u0085select 1",
        "\u001cselect 1",
        "\u017felect 1",
        "ｓelect 1",
        "\"select\" 1",
        "'select' 1",
        "$$select$$ 1",
        "1 select",
        "?",
        "? = call f()",
        "explain select 1",
        "table t",
        "show all",
        "call f()",
        "create function f() returns int begin atomic select 1; select 2; end",
        "create function f() returns int language sql as 'select 1'"
      })
  void otherKindsAreRefused(String sql) {
    assertThat(refused(sql)).isEqualTo(Reason.KIND);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select {fn now()}",
        "select {d '2026-01-01'}",
        "select {ts '2026-01-01 00:00:00'}",
        "select * from {oj a left outer join b on true}",
        "select 1 where a like 'b' {escape '|'}",
        "select {fn concat('a', 'b')}"
      })
  void escapesOfJdbcAreRefused(String sql) {
    assertThat(refused(sql)).isEqualTo(Reason.ESCAPE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{call f()}", "{? = call f()}", "{fn now()}", " { call f() }"})
  void callsOfJdbcAreRefused(String sql) {
    assertThat(refused(sql)).isEqualTo(Reason.KIND);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select '",
        "select 'a''",
        "select E'\\'",
        "select E'a'\n'\\'",
        "select \"a",
        "select $$ $a$",
        "select $a$ $A$",
        "select 1 /*",
        "select 1 /* /* */",
        "select 1e'\\''",
        "select 'a\u0000b'",
        "select 1\u0000; drop table t",
        // Half a character goes out as a question mark, and no dollar quote is left.
        "select $\ud800$ ; set role none; $\ud800$",
        "select '\udc00'"
      })
  void whatDoesNotEndOrCanBeReadInTwoWaysIsRefused(String sql) {
    assertThat(refused(sql)).isEqualTo(Reason.UNREADABLE);
  }

  /** One for the server; but the driver would cut some of these into two. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1; -- so",
        "select E'a''\\'; b'",
        "select E'a'\n'\\'; b'",
        "select E'a' -- b\n -- '\n  '\\'; b'",
        "select 1$$;$$"
      })
  void whatTheDriverReadsOtherwiseThanTheServerIsRefused(String sql) {
    assertThat(refused(sql)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "''''",
    "'\"\"'",
    "'('",
    "'/*x*/'",
    "'--x\n'",
    "'$a$ $a$'",
    "'$a '",
    "'$'",
    "'E''\\'''",
    "'{'",
    "'/*/'",
    "'1'",
    "'\ta'",
    "'? '"
  })
  void aLongTextIsJudgedInTimeThatGrowsWithItsLength(String piece) {
    String text = "select " + piece.repeat((1 << 20) / piece.length());
    // Quadratic time would take hours; whether it is taken does not matter here.
    assertThatCode(
            () -> {
              try {
                guard.demandAllowed(text);
              } catch (StatementRefusedException e) {
                assertThat(e.reason()).isNotNull();
              }
            })
        .doesNotThrowAnyException();
  }

  @Test
  void aRefusalSaysNothingOfTheStatement() {
    assertThatThrownBy(() -> guard.demandAllowed("hunter2 'hunter2'"))
        .hasMessageNotContaining("hunter2")
        .hasNoCause()
        .extracting(failure -> ((SQLException) failure).getSQLState())
        .isEqualTo("0A000");
  }

  private Reason refused(String sql) {
    try {
      guard.demandAllowed(sql);
    } catch (StatementRefusedException e) {
      return e.reason();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("Taken: " + sql);
  }
}
