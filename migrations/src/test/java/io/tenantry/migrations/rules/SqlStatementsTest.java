package io.tenantry.migrations.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which statements are seen in a text, and at which lines. */
class SqlStatementsTest {

  @Test
  void semicolonsInLiteralsAndCommentsEndNoStatement() {
    assertThat(seen("select ';' -- ;\n  , $a$ ; $a$; /* ; */ select \"a;b\""))
        .containsExactly("1 select ';' , $a$ ; $a$", "2 select a;b");
  }

  @Test
  void aBlockIsLookedIntoThroughItsBranches() {
    assertThat(
            seen(
                """
                do $x$
                declare
                  n int;
                begin
                  if n > 0 then
                    update a set b = 1;
                  else
                    delete from a;
                  end if;
                end
                $x$;
                """))
        .contains("6 update a set b = 1", "8 delete from a");
  }

  @Test
  void whatABlockExecutesIsSeenWithNamesInThePlaceOfFormats() {
    assertThat(seen("do $x$\nbegin\n  execute format('grant select on %I to %2$I', 't');\nend $x$"))
        .contains("3 grant select on _format_ to _format_");
  }

  @Test
  void theBodyOfAFunctionIsNotLookedInto() {
    assertThat(seen("create function f() returns void as 'delete from a' language sql;"))
        .hasSize(1);
  }

  private static List<String> seen(String sql) {
    return SqlStatements.of(new SqlText(sql, 1)).stream()
        .map(statement -> statement.getFirst().line() + " " + Cursor.joined(statement))
        .toList();
  }
}
