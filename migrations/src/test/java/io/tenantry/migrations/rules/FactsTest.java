package io.tenantry.migrations.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read out of statements in the forms that PostgreSQL allows. */
class FactsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALTER TABLE IF EXISTS ONLY \"A\" DROP IF EXISTS \"B\" CASCADE | DropsColumn[table=A,"
            + " column=B]",
        "alter table a rename b to c | RenamesColumn[table=a, column=b, to=c]",
        "alter table s.a rename to b | RenamesTable[table=s.a, to=s.b]",
        "alter table s.a set schema t | RenamesTable[table=s.a, to=t.a]",
        "alter table a set unlogged | Rewrites[table=a, how=SET LOGGED or UNLOGGED]",
        "alter table a alter b set data type int | Rewrites[table=a, how=another type for b]",
        "vacuum full a | Rewrites[table=a, how=VACUUM]",
        "drop schema if exists a cascade | DropsSchema[schema=a]",
        "with x as (delete from a returning *) select | ChangesRows[table=a, verb=DELETE]",
        "update only a as x set b = 1 | ChangesRows[table=a, verb=UPDATE]",
        "merge into a using b on true when matched then delete | ChangesRows[table=a, verb=MERGE]",
        "revoke all on all sequences in schema a from b | GrantsOnAll[what=ON ALL SEQUENCES]",
        "create unique index on a ((lower(b))) | CreatesIndex[name=, table=a, unique=true,"
            + " concurrently=false, firstColumn=]",
      })
  void aStatementGivesItsFact(String sql, String fact) {
    assertThat(facts(sql)).containsExactly(fact);
  }

  @Test
  void aStatementMayGiveSeveral() {
    assertThat(facts("drop table a, b")).hasSize(2);
    assertThat(facts("alter table a drop b, add c int, drop constraint d")).hasSize(2);
  }

  @Test
  void aRowLockIsNoUpdate() {
    assertThat(facts("select * from a for update")).isEmpty();
    assertThat(facts("insert into a values (1) on conflict (b) do update set b = 2")).hasSize(1);
  }

  @Test
  void columnsAreReadWithTheirOptions() {
    List<SqlToken> part =
        new SqlText(
                "amount numeric(38,18) not null default (1 + 2) constraint a_check check (amount"
                    + " > 0) references b (c) on delete cascade",
                1)
            .tokens();

    Column column = Declarations.column(part);

    assertThat(column.name()).isEqualTo("amount");
    assertThat(column.type()).isEqualTo("numeric ( 38 , 18 )");
    assertThat(column.notNull()).isTrue();
    assertThat(Cursor.joined(column.standard())).isEqualTo("( 1 + 2 )");
    assertThat(column.constraints())
        .extracting(Constraint::kind)
        .containsExactly(Constraint.Kind.CHECK, Constraint.Kind.FOREIGN);
    assertThat(column.constraints().getFirst().name()).isEqualTo("a_check");
  }

  private static List<String> facts(String sql) {
    List<String> facts = new ArrayList<>();
    Facts.read(new SqlText(sql, 1).tokens(), (fact, _) -> facts.add(fact.toString()));
    return facts;
  }
}
