package io.tenantry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class TestPostgresIT {
  private final TestPostgres postgres = TestPostgres.shared();

  @Test
  void aWrongPasswordIsRefused() {
    assertThatThrownBy(
            () ->
                DriverManager.getConnection(
                    postgres.jdbcUrl("postgres"), postgres.superuser(), "wrong"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
  }

  @Test
  void thereIsOneServerPerJvmAndItsPasswordIsNotShown() {
    assertThat(TestPostgres.shared()).isSameAs(postgres);
    assertThat(postgres.toString()).doesNotContain(postgres.superuserPassword());
  }

  @Test
  void theSuperuserConnectsToADurableServer() throws SQLException {
    assertThat(query("select rolsuper from pg_roles where rolname = current_user")).isEqualTo("t");
    assertThat(query("show fsync")).isEqualTo("on");
    assertThat(query("show synchronous_commit")).isEqualTo("on");
    assertThat(Integer.parseInt(query("show server_version_num")) / 10_000)
        .isEqualTo(postgres.majorVersion());
  }

  @Test
  void theServerCanBeTakenAwayAndComesBackOnItsPortWithItsData() throws SQLException {
    if (!postgres.supportsRestart()) {
      assertThatThrownBy(postgres::stop).isInstanceOf(UnsupportedOperationException.class);
      return;
    }
    int port = postgres.port();
    execute("create table public.kept as select 7 as id");
    try {
      postgres.stop();
      try {
        assertThatThrownBy(() -> postgres.connectAsSuperuser("postgres"))
            .isInstanceOf(SQLException.class);
      } finally {
        postgres.start();
      }
      assertThat(postgres.port()).isEqualTo(port);
      assertThat(query("select id from public.kept")).isEqualTo("7");
    } finally {
      execute("drop table public.kept");
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = postgres.connectAsSuperuser("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String query(String sql) throws SQLException {
    try (Connection connection = postgres.connectAsSuperuser("postgres");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }
}
