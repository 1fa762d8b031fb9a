package io.tenantry.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The data folder inside a home: made once, configured at every start. */
final class Cluster {
  static final String SUPERUSER = "postgres";

  private static final String OUR_CONFIGURATION = "tenantry.conf";
  private static final Duration INITDB_TIMEOUT = Duration.ofMinutes(5);

  private final Path home;
  private final Binaries binaries;
  private final RunAs runAs;

  Cluster(Path home, Binaries binaries, RunAs runAs) {
    this.home = home;
    this.binaries = binaries;
    this.runAs = runAs;
  }

  static Path dataIn(Path home) {
    return home.resolve("data");
  }

  Path data() {
    return dataIn(home);
  }

  /** Makes the data when there is none; refuses data of another major version. */
  void prepare(String password) throws IOException {
    Path unfinished = home.resolve("data.new");
    Folders.deleteAll(unfinished);
    if (Files.exists(data())) {
      checkVersion();
      runAs.own(data());
      return;
    }
    Path passwordFile = home.resolve("initdb.password");
    try {
      Folders.writePrivate(passwordFile, password + "\n");
      runAs.own(passwordFile);
      Folders.createPrivate(unfinished);
      runAs.own(unfinished);
      initdb(unfinished, passwordFile);
    } finally {
      Files.deleteIfExists(passwordFile);
    }
    String initial = Files.readString(unfinished.resolve("postgresql.conf"));
    write(
        unfinished.resolve("postgresql.conf"),
        initial + "\ninclude_if_exists '" + OUR_CONFIGURATION + "'\n");
    Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
    Folders.sync(home);
  }

  /** Writes the files that are ours. */
  void configure(Map<String, String> serverSettings) throws IOException {
    write(data().resolve("pg_hba.conf"), ServerSettings.clientAuthentication());
    write(data().resolve(OUR_CONFIGURATION), ServerSettings.configuration(serverSettings));
  }

  private void initdb(Path folder, Path passwordFile) {
    Stream<String> locale =
        binaries.major() >= 17
            ? Stream.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
            : Stream.of("--locale=C");
    String[] words =
        Stream.concat(
                Stream.of(
                    binaries.program("initdb"),
                    "-D",
                    folder.toString(),
                    "-U",
                    SUPERUSER,
                    "-A",
                    "scram-sha-256",
                    "--pwfile=" + passwordFile,
                    "-E",
                    "UTF8",
                    "--data-checksums"),
                locale)
            .toArray(String[]::new);
    List<String> command = runAs.command(words);
    Commands.Result result = Commands.run(command, INITDB_TIMEOUT);
    if (!result.ok()) {
      throw new EmbeddedPostgresException(
          "initdb failed in " + home + ": " + result.output(),
          "see that the folder can be written to and that its disk has room");
    }
  }

  private void checkVersion() throws IOException {
    Path file = data().resolve("PG_VERSION");
    String found = Files.exists(file) ? Files.readString(file).strip() : "an unknown version";
    if (!found.equals(Integer.toString(binaries.major()))) {
      throw new EmbeddedPostgresException(
          "the data in "
              + home
              + " is of PostgreSQL "
              + found
              + ", but the server is PostgreSQL "
              + binaries.major(),
          "start the server of the data's version, or set TENANTRY_HOME to another folder");
    }
  }

  private void write(Path file, String text) throws IOException {
    Folders.writePrivate(file, text);
    runAs.own(file);
  }
}
