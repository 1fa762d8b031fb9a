package io.tenantry.persistence.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaPlaceholderTest {

  private static String replace(String sql) {
    return SchemaPlaceholder.replace(sql, "tenant_1");
  }

  @Test
  void everyMentionInCodeBecomesTheTenantsSchema() {
    assertThat(
            replace(
                "/* o */ select o.id from tenant__schema.desk_orders o join"
                    + " tenant__schema.desk_fills f on f.id = o.id where o.symbol = 'x' and o.n >"
                    + " 1"))
        .isEqualTo(
            "/* o */ select o.id from tenant_1.desk_orders o join tenant_1.desk_fills"
                + " f on f.id = o.id where o.symbol = 'x' and o.n > 1");
  }

  @Test
  void aMentionDirectlyAtTheStartAndAfterPunctuationCounts() {
    assertThat(replace("tenant__schema.f()")).isEqualTo("tenant_1.f()");
    assertThat(replace("select(tenant__schema.f())")).isEqualTo("select(tenant_1.f())");
  }

  @Test
  void codeBehindLiteralsAndCommentsIsStillCode() {
    assertThat(replace("select 'it''s', E'\\'', \"a\"\"b\", $$;$$, 1 -- '\n from tenant__schema.t"))
        .endsWith("from tenant_1.t");
    assertThat(replace("select /* a /* ' */ \" */ 1 from tenant__schema.t"))
        .endsWith("from tenant_1.t");
    assertThat(replace("select $a$ $$ ' $a$ from tenant__schema.t")).endsWith("from tenant_1.t");
    assertThat(replace("select '\\' from tenant__schema.t")).endsWith("from tenant_1.t");
    assertThat(replace("select a$1$ from tenant__schema.t")).endsWith("from tenant_1.t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 'tenant__schema.t'",
        "select 'a''tenant__schema.t'",
        "select E'\\'tenant__schema.t'",
        "select \"tenant__schema.t\"",
        "select $$tenant__schema.t$$",
        "select $q$ $$ tenant__schema.t $q$",
        "select 1 -- tenant__schema.t",
        "select 1 /* /* */ tenant__schema.t */",
        "select 'tenant__schema.t",
        "select my_tenant__schema.t",
        "select tenant__schema",
        "select 1"
      })
  void anythingElseStaysAsItIs(String sql) {
    assertThat(replace(sql)).isEqualTo(sql);
  }
}
