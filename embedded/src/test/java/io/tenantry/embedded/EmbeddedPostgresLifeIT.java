package io.tenantry.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops, restarts, crashes, and who may use a home. */
class EmbeddedPostgresLifeIT {
  @TempDir Path folder;

  @Test
  void dataSurviveCloseAndANewStart() throws Exception {
    EmbeddedPostgresSettings settings = Servers.settings(home());
    EmbeddedPostgres first = EmbeddedPostgres.open(settings);
    String password = first.superuserPassword();
    Servers.execute(first, "create table kept (id int); insert into kept values (7)");
    first.close();
    first.close();
    assertThat(first.isRunning()).isFalse();
    assertThat(serving()).isEmpty();
    assertThatThrownBy(first::start).isInstanceOf(IllegalStateException.class);
    try (EmbeddedPostgres server = EmbeddedPostgres.open(settings)) {
      assertThat(Servers.query(server, "select id from kept")).isEqualTo("7");
      assertThat(server.superuserPassword()).isEqualTo(password);
    }
  }

  @Test
  void itStopsAndStartsOnTheSamePortAndRecoversFromAKill() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.open(Servers.settings(home()))) {
      Servers.execute(server, "create table kept (id int); insert into kept values (7)");
      int port = server.port();
      server.stop();
      server.stop();
      assertThat(server.isRunning()).isFalse();
      assertThatThrownBy(() -> Servers.connect(server)).isInstanceOf(SQLException.class);
      server.start();
      server.start();
      assertThat(server.port()).isEqualTo(port);
      assertThat(Servers.query(server, "select id from kept")).isEqualTo("7");
      server.kill();
      assertThat(server.isRunning()).isFalse();
      server.start();
      assertThat(Servers.query(server, "select id from kept")).isEqualTo("7");
    }
  }

  @Test
  void aSecondInstanceOfThisProcessIsRefusedInOneLine() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.open(Servers.settings(home()))) {
      assertThatThrownBy(() -> EmbeddedPostgres.open(Servers.settings(home())))
          .isInstanceOf(EmbeddedPostgresException.class)
          .hasMessageContainingAll(
              home().toString(), Long.toString(ProcessHandle.current().pid()), "TENANTRY_HOME")
          .message()
          .hasLineCount(1);
      assertThat(Servers.query(server, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void anotherProcessOwnsItsHomeUntilItDiesAndItsOrphanIsDealtWith() throws Exception {
    Process owner = orphanMaker();
    long orphan;
    try {
      assertThatThrownBy(() -> EmbeddedPostgres.open(Servers.settings(home())))
          .isInstanceOf(EmbeddedPostgresException.class)
          .hasMessageContainingAll(
              home().toString(), "process " + owner.pid(), "stop it", "TENANTRY_HOME")
          .message()
          .hasLineCount(1);
      orphan = serving().orElseThrow().pid();
    } finally {
      owner.destroyForcibly().waitFor();
    }
    assertThat(serving()).as("outlives its JVM").isPresent();
    try (EmbeddedPostgres server = EmbeddedPostgres.open(Servers.settings(home()))) {
      assertThat(Servers.query(server, "select id from kept")).isEqualTo("42");
      assertThat(serving().orElseThrow().pid()).isNotEqualTo(orphan);
    }
  }

  @Test
  void discardEndsTheOrphanAndDeletesTheHome() throws Exception {
    Process owner = orphanMaker();
    assertThatThrownBy(() -> EmbeddedPostgres.discard(home()))
        .isInstanceOf(EmbeddedPostgresException.class);
    owner.destroyForcibly().waitFor();
    long orphan = serving().orElseThrow().pid();
    EmbeddedPostgres.discard(home());
    EmbeddedPostgres.discard(home());
    assertThat(home()).doesNotExist();
    assertThat(new Postmaster(orphan).isAlive()).isFalse();
  }

  @Test
  void aPidFileWhoseNumberBelongsToAStrangerDoesNotStopTheStart() throws Exception {
    EmbeddedPostgresSettings settings = Servers.settings(home());
    EmbeddedPostgres.open(settings).close();
    Process stranger = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(
          Cluster.dataIn(home()).resolve("postmaster.pid"),
          stranger.pid() + "\n" + Cluster.dataIn(home()) + "\n1\n5432\n\n127.0.0.1\n\nready\n");
      try (EmbeddedPostgres server = EmbeddedPostgres.open(settings)) {
        assertThat(Servers.query(server, "select 1")).isEqualTo("1");
      }
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void halfMadeDataAreThrownAway() throws Exception {
    Path unfinished = home().resolve("data.new");
    Files.createDirectories(unfinished.resolve("base"));
    Files.writeString(unfinished.resolve("PG_VERSION"), "12\n");
    try (EmbeddedPostgres server = EmbeddedPostgres.open(Servers.settings(home()))) {
      assertThat(Servers.query(server, "select 1")).isEqualTo("1");
    }
    assertThat(unfinished).doesNotExist();
  }

  @Test
  void dataOfAnotherMajorVersionAreRefusedNamingBoth() throws Exception {
    EmbeddedPostgresSettings settings = Servers.settings(home());
    int major;
    try (EmbeddedPostgres server = EmbeddedPostgres.open(settings)) {
      major = server.majorVersion();
    }
    Files.writeString(Cluster.dataIn(home()).resolve("PG_VERSION"), "9\n");
    assertThatThrownBy(() -> EmbeddedPostgres.open(settings))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContainingAll("PostgreSQL 9", "PostgreSQL " + major, home().toString());
  }

  @Test
  void dataWithoutTheirPasswordFileAreRefused() throws Exception {
    EmbeddedPostgresSettings settings = Servers.settings(home());
    EmbeddedPostgres.open(settings).close();
    Files.delete(home().resolve("superuser.password"));
    assertThatThrownBy(() -> EmbeddedPostgres.open(settings))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("superuser.password");
  }

  @Test
  void aServerThatTakesAnyPasswordIsStoppedAndNotHandedOut() throws Exception {
    EmbeddedPostgresSettings settings = Servers.settings(home());
    EmbeddedPostgres.open(settings).close();
    // An hba file of somebody else's, in force through ALTER SYSTEM's file.
    Path open = folder.resolve("open.conf");
    Files.writeString(open, "host all all 127.0.0.1/32 trust\n");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    Files.writeString(
        Cluster.dataIn(home()).resolve("postgresql.auto.conf"), "hba_file = '" + open + "'\n");
    assertThatThrownBy(() -> EmbeddedPostgres.open(settings))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("does not check passwords");
    assertThat(serving()).isEmpty();
  }

  @Test
  void aServerThatCannotStartSaysWhyAndGivesTheHomeFree() throws Exception {
    EmbeddedPostgresSettings broken =
        Servers.settings(home()).withServerSettings(Map.of("no_such_setting", "1"));
    assertThatThrownBy(() -> EmbeddedPostgres.open(broken))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("server.log");
    try (EmbeddedPostgres server = EmbeddedPostgres.open(Servers.settings(home()))) {
      assertThat(server.isRunning()).isTrue();
    }
  }

  private Path home() throws IOException {
    return folder.toRealPath().resolve("postgres");
  }

  private Optional<Postmaster> serving() throws IOException {
    return Postmaster.serving(Cluster.dataIn(home()));
  }

  private Process orphanMaker() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            OrphanMaker.class.getName(),
            home().toString());
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertThat(output.lines().anyMatch(OrphanMaker.READY::equals)).isTrue();
    return process;
  }
}
