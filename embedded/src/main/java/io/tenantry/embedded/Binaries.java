package io.tenantry.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server's programs.
 *
 * @param bin the folder that holds initdb, pg_ctl and postgres
 * @param major the server's major version
 */
record Binaries(Path bin, int major) {
  private static final Pattern VERSION = Pattern.compile("PostgreSQL\\) (\\d+)");
  private static final int OLDEST = 15;

  static Binaries locate(EmbeddedPostgresSettings settings) {
    Path bin =
        settings
            .installedBinaries()
            .orElseGet(() -> BinariesArchive.unpackInto(settings.binariesCache()).resolve("bin"));
    for (String program : List.of("initdb", "pg_ctl", "postgres")) {
      if (!Files.isExecutable(bin.resolve(program))) {
        throw new EmbeddedPostgresException(
            "there is no program " + program + " in " + bin, "name the bin folder of a server");
      }
    }
    Commands.Result said =
        Commands.run(
            List.of(bin.resolve("postgres").toString(), "--version"), Duration.ofSeconds(30));
    Matcher version = VERSION.matcher(said.output());
    if (!said.ok() || !version.find()) {
      throw new EmbeddedPostgresException(
          "the programs in " + bin + " do not run here: " + said.output(),
          "delete that folder when it was unpacked by us, or name another installed server");
    }
    int major = Integer.parseInt(version.group(1));
    if (major < OLDEST) {
      throw new EmbeddedPostgresException(
          "the server in " + bin + " is PostgreSQL " + major,
          "PostgreSQL " + OLDEST + " is the oldest one that is supported");
    }
    return new Binaries(bin, major);
  }

  String program(String name) {
    return bin.resolve(name).toString();
  }
}
