package io.tenantry.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What a running server promises. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EmbeddedPostgresIT {
  private EmbeddedPostgres server;

  @BeforeAll
  void open(@TempDir Path folder) {
    server = EmbeddedPostgres.open(Servers.settings(folder.resolve("postgres")));
  }

  @AfterAll
  void close() {
    server.close();
  }

  @Test
  @Order(1)
  void aWrongPasswordIsRefused() {
    assertThatThrownBy(() -> Servers.connect(server, "wrong"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
  }

  @Test
  @Order(2)
  void theRightPasswordIsAccepted() throws SQLException {
    assertThat(Servers.query(server, "select current_user")).isEqualTo("postgres");
    assertThat(Servers.query(server, "show server_version_num"))
        .startsWith(Integer.toString(server.majorVersion()));
  }

  @Test
  void noLineLetsAnyoneInWithoutScram() throws Exception {
    String methods =
        "select string_agg(distinct auth_method || ' ' || type || ' ' || address, ', ') from"
            + " pg_hba_file_rules";
    assertThat(Servers.query(server, methods))
        .isEqualTo("scram-sha-256 host 127.0.0.1, scram-sha-256 host ::1");
    assertThat(Files.readString(data().resolve("pg_hba.conf")))
        .doesNotContain("trust")
        .doesNotContain("peer");
    assertThat(
            Servers.query(server, "select left(rolpassword, 13) from pg_authid where rolcanlogin"))
        .isEqualTo("SCRAM-SHA-256");
  }

  @Test
  void acknowledgedWritesAreDurable() throws SQLException {
    for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
      assertThat(Servers.query(server, "show " + setting)).as(setting).isEqualTo("on");
    }
    assertThat(Servers.query(server, "show data_checksums")).isEqualTo("on");
  }

  @Test
  void itListensOnTheLoopbackAddressOnlyAndOnNoSocket() throws SQLException {
    assertThat(Servers.query(server, "show listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(Servers.query(server, "show unix_socket_directories")).isEmpty();
    assertThat(server.host()).isEqualTo("127.0.0.1");
  }

  @Test
  void textIsUtf8SortedByCodePointAndTimesAreUtc() throws SQLException {
    assertThat(Servers.query(server, "show server_encoding")).isEqualTo("UTF8");
    assertThat(Servers.query(server, "show timezone")).isEqualTo("UTC");
    assertThat(Servers.query(server, "select 'Z' < 'a'")).isEqualTo("t");
    boolean builtin = server.majorVersion() >= 17;
    assertThat(Servers.query(server, "select upper('\u00e4')"))
        .isEqualTo(builtin ? "\u00c4" : "\u00e4");
    assertThat(
            Servers.query(
                server, "select datlocprovider::text from pg_database where datname = 'postgres'"))
        .isEqualTo(builtin ? "b" : "c");
  }

  @Test
  void thePasswordIsInAFileOnlyItsOwnerReadsAndNowhereElse() throws Exception {
    assertThat(Servers.rightsOf(server.log().resolveSibling("superuser.password")))
        .isEqualTo("rw-------");
    assertThat(Files.readString(server.log().resolveSibling("superuser.password")))
        .contains(server.superuserPassword());
    assertThat(server.superuserPassword().length() * 4).isGreaterThanOrEqualTo(128);
    assertThat(server.log().resolveSibling("initdb.password")).doesNotExist();
    assertThat(Files.readString(server.log())).doesNotContain(server.superuserPassword());
    assertThat(server.toString()).doesNotContain(server.superuserPassword());
    assertThat(server.jdbcUrl("postgres")).doesNotContain(server.superuserPassword());
    try (Connection held = Servers.connect(server)) {
      assertThat(held.isValid(1)).isTrue();
      assertThat(processes()).contains("postgres").doesNotContain(server.superuserPassword());
    }
  }

  @Test
  void theServerHasASessionOfItsOwnSoThatCtrlCDoesNotReachIt() throws Exception {
    String pid = Files.readAllLines(data().resolve("postmaster.pid")).getFirst();
    assertThat(ps("-o", "sess=", "-p", pid)).isEqualTo(pid);
  }

  @Test
  void theDataFolderIsPrivate() throws Exception {
    assertThat(Servers.rightsOf(data())).isEqualTo("rwx------");
    assertThat(Servers.rightsOf(server.log())).isEqualTo("rw-------");
  }

  @Test
  void aDatabaseNameIsEscapedInItsUrl() {
    assertThat(server.jdbcUrl("a/b?c"))
        .isEqualTo("jdbc:postgresql://127.0.0.1:" + server.port() + "/a%2Fb%3Fc");
  }

  private Path data() {
    return server.log().resolveSibling("data");
  }

  private static String processes() throws Exception {
    return ps("-eo", "args").toLowerCase(Locale.ROOT);
  }

  private static String ps(String... words) throws Exception {
    Commands.Result result =
        Commands.run(
            Stream.concat(Stream.of("ps", "-ww"), Stream.of(words)).toList(),
            Duration.ofSeconds(10));
    assertThat(result.exit()).isZero();
    return result.output().strip();
  }
}
