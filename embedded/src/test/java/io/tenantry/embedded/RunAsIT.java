package io.tenantry.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PostgreSQL refuses root. As a normal user there is one candidate, and all of this holds too. */
class RunAsIT {
  private final boolean root =
      Commands.run(List.of("id", "-u"), Duration.ofSeconds(10)).output().equals("0");
  private Path folder;

  /** Not a folder of JUnit's: those are closed to other users. */
  @BeforeEach
  void makeAFolderOthersMayPass() throws Exception {
    folder = Files.createTempDirectory("tenantry-run-as");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void deleteIt() throws Exception {
    Folders.deleteAll(folder);
  }

  @Test
  void aNormalUserNeedsNoPrefixAndRootHasSeveralWays() {
    List<RunAs> candidates = RunAs.candidates();
    if (root) {
      assertThat(candidates).extracting(RunAs::name).first().asString().contains("namespace");
      assertThat(candidates).hasSizeGreaterThan(1);
    } else {
      assertThat(candidates).containsExactly(RunAs.self());
    }
  }

  @Test
  void everyWayThatWorksHereServesTheSameHome() throws Exception {
    int served = 0;
    EmbeddedPostgresSettings settings = Servers.settings(folder.resolve("postgres"));
    for (RunAs candidate : RunAs.candidates()) {
      if (candidate.name().contains("namespace") && !namespacesWork(candidate)) {
        continue;
      }
      try (EmbeddedPostgres server = EmbeddedPostgres.open(settings, List.of(candidate))) {
        Servers.execute(server, "create table if not exists kept (id int)");
        Servers.execute(server, "insert into kept values (1)");
        served++;
        assertThat(Servers.query(server, "select count(*) from kept"))
            .isEqualTo(Integer.toString(served));
        assertThat(Servers.rightsOf(settings.home().resolve("superuser.password")))
            .isEqualTo("rw-------");
        if (root) {
          assertThat(Files.getAttribute(settings.home().resolve("superuser.password"), "unix:uid"))
              .isEqualTo(0);
        }
      }
    }
    assertThat(served).isPositive();
  }

  @Test
  void dataGivenToAnotherUserOnceAreServedByThatUserLater() throws Exception {
    List<RunAs> all = RunAs.candidates();
    EmbeddedPostgresSettings settings = Servers.settings(folder.resolve("postgres"));
    EmbeddedPostgres.open(settings, List.of(all.getLast())).close();
    try (EmbeddedPostgres server = EmbeddedPostgres.open(settings, all)) {
      assertThat(Servers.query(server, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void whenNothingWorksTheErrorNamesWhatWasTried() {
    RunAs missing = new RunAs("a missing program", List.of("no-such-program"), -1, -1);
    RunAs failing = new RunAs("a failing program", List.of("false"), -1, -1);
    assertThatThrownBy(
            () ->
                EmbeddedPostgres.open(
                    Servers.settings(folder.resolve("postgres")), List.of(missing, failing)))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContainingAll("a missing program", "a failing program", "normal user")
        .message()
        .hasLineCount(1);
  }

  private static boolean namespacesWork(RunAs namespace) {
    return Commands.run(namespace.command("true"), Duration.ofSeconds(10)).ok();
  }
}
