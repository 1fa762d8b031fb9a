package io.tenantry.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.credentials.Duty;
import io.tenantry.migrations.bootstrap.Bootstrap;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapIT {

  /** Everything that the bootstrap sets, in one list of texts. */
  private static final String STATE =
      """
      select 'role', r.rolname, r.rolsuper || ' ' || r.rolinherit || ' ' || r.rolcreaterole || ' '
        || r.rolcreatedb || ' ' || r.rolcanlogin || ' ' || r.rolreplication || ' ' || r.rolbypassrls
        || coalesce(r.rolpassword, '')
      from pg_authid r where r.rolname like 'tenantry%'
      union all select 'member', m.roleid::regrole || ' ' || m.member::regrole, to_jsonb(m)::text
      from pg_auth_members m
      union all select 'function', p.oid::regprocedure::text, coalesce(p.proacl::text, '') || md5(p.prosrc)
      from pg_proc p
      union all select 'relation', c.oid::regclass::text, coalesce(c.relacl::text, '') || c.relowner
      from pg_class c
      union all select 'schema', n.nspname, coalesce(n.nspacl::text, '') || n.nspowner from pg_namespace n
      union all select 'database', d.datname, coalesce(d.datacl::text, '') || d.datdba
      from pg_database d where d.datname = current_database()
      union all select 'setting', s.setdatabase || ' ' || s.setrole, s.setconfig::text from pg_db_role_setting s
      union all select 'parameter', a.parname, a.paracl::text from pg_parameter_acl a
      union all select 'language', l.lanname, coalesce(l.lanacl::text, '') from pg_language l
      union all select 'key', k.key_id::text, encode(k.inner_pad || k.outer_pad, 'hex') || k.created_at
      from tenantry_guard.capability_keys k
      order by 1, 2, 3
      """;

  private final TestPlatform platform = TestPlatform.installed("bootstrap");

  @Test
  void aSecondRunChangesNothing() throws SQLException {
    try (Connection superuser = platform.superuser()) {
      List<String> before = TestPlatform.rows(superuser, STATE);
      new Bootstrap(platform.address(), platform.superuserLogin(), platform.credentials()).run();
      assertThat(TestPlatform.rows(superuser, STATE)).isEqualTo(before).hasSizeGreaterThan(1000);
    }
  }

  @Test
  void aRoleThatWasWidenedByHandIsNarrowedAgain() throws SQLException {
    try (Connection superuser = platform.superuser()) {
      TestPlatform.execute(superuser, "alter role tenantry_app_a with createdb inherit bypassrls");
      new Bootstrap(platform.address(), platform.superuserLogin(), platform.credentials()).run();
      assertThat(
              TestPlatform.rows(
                  superuser,
                  "select rolcreatedb, rolinherit, rolbypassrls from pg_roles"
                      + " where rolname = 'tenantry_app_a'"))
          .containsExactly("f|f|f");
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyLoginConnectsWithItsPasswordAndIsNoSuperuser(Duty duty) throws SQLException {
    for (String login : duty.logins()) {
      try (Connection connection = platform.login(login)) {
        assertThat(
                TestPlatform.rows(
                    connection, "select current_user, current_setting('is_superuser')"))
            .containsExactly(login + "|off");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select from tenantry_api.research_reports",
        "select from tenantry_api.api_isolation_probes",
        "select from tenantry_control.tenants",
        "select from tenantry_guard.capability_keys",
        "select tenantry_guard.current_tenant()",
        "select tenantry_guard.enter(null, 1, 1, '', 1, 1)",
        "create temp table t (id int)",
        "create schema mine",
        "create table public.t (id int)",
        "select set_config('app.tenant_id', 'x', false)",
        "set backtrace_functions = '00000000000040008000000000000001'",
        "do $$ begin end $$",
        "select pg_advisory_lock(1)",
        "select pg_sleep(0)",
        "select pg_stat_get_activity(null)",
        "select query_to_xml('select 1', true, true, '')",
        "select pg_relation_size('pg_class')",
        "select lo_creat(-1)",
        "select pg_notify('a', 'b')",
        "select pg_terminate_backend(1)",
        "set role tenantry_owner",
        "set role tenantry_control",
        "set role tenantry_migrator",
        "select from pg_authid"
      })
  void theRuntimeLoginAloneCanDoNothing(String sql) throws SQLException {
    try (Connection connection = platform.login("tenantry_app_a")) {
      assertThatThrownBy(() -> TestPlatform.execute(connection, sql))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select from tenantry_guard.capability_keys",
        "select from tenantry_api.research_reports",
        "create temp table t (id int)",
        "delete from tenantry_control.tenants",
        "delete from tenantry_control.audit_events",
        "update tenantry_control.audit_events set actor = ''",
        "update tenantry_control.tenant_transitions set to_state = 'ACTIVE'",
        "set role tenantry_owner"
      })
  void theControlLoginHasItsTablesAndNothingElse(String sql) throws SQLException {
    try (Connection connection = platform.login("tenantry_control_a")) {
      assertThat(
              TestPlatform.rows(connection, "select count(*) >= 0 from tenantry_control.tenants"))
          .containsExactly("t");
      assertThatThrownBy(() -> TestPlatform.execute(connection, sql))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
  }

  @Test
  void theMigratorItselfHasNoTablesAndOwnsNothing() throws SQLException {
    try (Connection connection = platform.login("tenantry_migrator")) {
      assertThatThrownBy(
              () -> TestPlatform.execute(connection, "select from tenantry_control.tenants"))
          .isInstanceOf(SQLException.class);
      assertThat(
              TestPlatform.rows(
                  connection,
                  "select count(*) from pg_shdepend where deptype = 'o' and refclassid ="
                      + " 'pg_authid'::regclass and refobjid = 'tenantry_migrator'::regrole"))
          .containsExactly("0");
    }
  }

  @Test
  void keysAreTwoAtMostAndNeverNone() throws SQLException {
    TestPlatform own = TestPlatform.installed("keys");
    String pads = "decode(repeat('01', 64), 'hex'), decode(repeat('02', 64), 'hex')";
    try (Connection rotator = own.login("tenantry_rotator")) {
      assertThat(stateOf(rotator, "select tenantry_guard.drop_key(1)")).isEqualTo("55000");
      TestPlatform.execute(rotator, "select tenantry_guard.add_key(2, " + pads + ")");
      TestPlatform.execute(rotator, "select tenantry_guard.add_key(2, " + pads + ")");
      assertThat(stateOf(rotator, "select tenantry_guard.add_key(3, " + pads + ")"))
          .isEqualTo("55000");
      assertThat(stateOf(rotator, "select from tenantry_guard.capability_keys")).isEqualTo("42501");
      TestPlatform.execute(rotator, "select tenantry_guard.drop_key(1)");
      assertThat(stateOf(rotator, "select tenantry_guard.drop_key(2)")).isEqualTo("55000");
      assertThat(stateOf(rotator, "select tenantry_guard.add_key(1, '\\x00', '\\x00')"))
          .isEqualTo("23514");
    }
  }

  @Test
  void noPasswordAndNoKeyIsInTheScript() throws SQLException {
    List<String> logins = new ArrayList<>();
    for (Duty duty : Duty.values()) {
      logins.addAll(duty.logins());
    }
    try (Connection superuser = platform.superuser()) {
      assertThat(
              TestPlatform.rows(
                  superuser,
                  "select rolname from pg_authid where rolname like 'tenantry%' and rolcanlogin"
                      + " and rolpassword like 'SCRAM-SHA-256$4096:%'"))
          .containsExactlyInAnyOrderElementsOf(logins);
    }
  }

  private static String stateOf(Connection connection, String sql) {
    try {
      TestPlatform.execute(connection, sql);
      return "00000";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }
}
