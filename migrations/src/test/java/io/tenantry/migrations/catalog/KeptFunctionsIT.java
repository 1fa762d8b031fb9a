package io.tenantry.migrations.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.control.catalog.CatalogLinter;
import io.tenantry.migrations.TestPlatform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the bootstrap takes from PUBLIC, beside the lists that the linter goes by. */
class KeptFunctionsIT {

  /** As a fresh server has it PUBLIC has EXECUTE; then what is left of it here, and who has it. */
  private static final String TAKEN =
      """
      select p.proname, coalesce((select string_agg(pg_get_userbyid(a.grantee)::text, ' ' order by 1)
        from aclexplode(p.proacl) a where a.grantee <> p.proowner), '')
      from pg_proc p
      where p.pronamespace = 'pg_catalog'::regnamespace and p.oid < 16384 and p.proacl is not null
        and not exists (select from pg_init_privs i
          where i.classoid = 'pg_proc'::regclass and i.objoid = p.oid and i.privtype = 'i')
        and not exists (select from aclexplode(p.proacl) a where a.grantee = 0)
      """;

  private final TestPlatform platform = Linted.PLATFORM;

  /** The other direction, a listed one that is PUBLIC, is a finding. */
  @Test
  void whatTheBootstrapTakesIsWhatTheLinterKnows() throws SQLException, IOException {
    List<List<String>> known =
        lines("kept-functions.txt").stream()
            .map(line -> List.of(line.replaceAll("\\(tsquery,text\\)", "").split(" ", -1)))
            .toList();
    try (Connection superuser = platform.superuser()) {
      List<String> taken = TestPlatform.rows(superuser, TAKEN);
      assertThat(taken).hasSizeGreaterThan(200);
      assertThat(taken)
          .allSatisfy(
              row -> {
                String[] nameAndKeepers = row.split("\\|", -1);
                List<String> line =
                    known.stream()
                        .filter(words -> nameAndKeepers[0].matches(words.get(0)))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(row + " is not known."));
                Set<String> keepers =
                    line.stream()
                        .skip(1)
                        .filter(keeper -> !keeper.equals("tenantry_replication"))
                        .collect(Collectors.toSet());
                Set<String> actual =
                    nameAndKeepers[1].isEmpty()
                        ? Set.of()
                        : Set.of(nameAndKeepers[1].split(" ", -1));
                assertThat(actual).as(row).isEqualTo(keepers);
              });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "currtid2('tenantry_api.research_reports', '(0,1)')",
        "setseed(0.5)",
        "pg_current_wal_insert_lsn()",
        "pg_current_wal_lsn()",
        "pg_control_checkpoint()",
        "pg_current_snapshot()",
        "txid_current_snapshot()",
        "pg_xact_status('3')",
        "pg_xact_commit_timestamp('3')",
        "pg_get_multixact_members('1')",
        "pg_notification_queue_usage()",
        "set_config('app.tenant_id', '', true)",
        "pg_stat_get_db_xact_commit(1)",
        "pg_database_size(current_database())"
      })
  void aTenantMayNotCall(String call) throws SQLException {
    try (Connection runtime = platform.login("tenantry_app_a")) {
      runtime.setAutoCommit(false);
      TestPlatform.execute(runtime, Linted.named("set local role \"app_<acme>\""));
      assertThatThrownBy(() -> TestPlatform.execute(runtime, "select " + call))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
  }

  /** Why it is taken away: the policy hides the row, and the function follows its versions. */
  @Test
  void theFunctionThatFollowsAHiddenRowWouldDoSo() throws SQLException {
    try (Connection superuser = platform.superuser()) {
      superuser.setAutoCommit(false);
      TestPlatform.execute(
          superuser,
          """
          insert into tenantry_api.research_reports (tenant_id, id, title, body)
            values ('00000000-0000-4000-8000-00000000000a', gen_random_uuid(), 'a', 'b');
          grant execute on function pg_catalog.currtid2(text, tid) to public\
          """);
      String at =
          TestPlatform.rows(
                  superuser, "select ctid from tenantry_api.research_reports where title = 'a'")
              .getFirst();
      TestPlatform.execute(superuser, "update tenantry_api.research_reports set title = 'c'");
      TestPlatform.execute(superuser, Linted.named("set local role \"app_<acme>\""));
      assertThat(TestPlatform.rows(superuser, "select from tenantry_api.research_reports"))
          .isEmpty();
      assertThat(
              TestPlatform.rows(
                  superuser, "select currtid2('tenantry_api.research_reports', '" + at + "')"))
          .doesNotContain(at);
      superuser.rollback();
    }
  }

  /** Each of these needs no privilege but the role, which a runtime login may take. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop owned by app_<globex>",
        "grant select on <globex>.desk_orders to tenantry_tenant",
        "comment on table <globex>.desk_orders is 'x'",
        "create temp table t (id int)"
      })
  void aRuntimeLoginChangesNothingOfTheSchemaWhateverRoleItTakes(String ddl) throws SQLException {
    try (Connection runtime = platform.login("tenantry_app_a")) {
      runtime.setAutoCommit(false);
      TestPlatform.execute(runtime, Linted.named("set local role \"app_<globex>\""));
      assertThatThrownBy(() -> TestPlatform.execute(runtime, Linted.named(ddl)))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"))
          .hasMessageContaining("change nothing of the schema");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "row_security = off",
        "standard_conforming_strings = off",
        "default_transaction_read_only = on"
      })
  void aSettingThatWasLeftInTheSessionEntersNobody(String setting) throws SQLException {
    try (Connection runtime = platform.login("tenantry_app_a")) {
      TestPlatform.execute(runtime, "set " + setting);
      runtime.setAutoCommit(false);
      TestPlatform.execute(runtime, Linted.named("set local role \"app_<acme>\""));
      assertThatThrownBy(() -> TestPlatform.enter(runtime, platform.signer().sign(Linted.ACME)))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57P01"));
    }
  }

  private static List<String> lines(String resource) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(CatalogLinter.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }
}
