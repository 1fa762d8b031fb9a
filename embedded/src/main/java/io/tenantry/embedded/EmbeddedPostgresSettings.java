package io.tenantry.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How the server is to be started. Immutable; {@link #in} gives the defaults, the {@code with}
 * methods a changed copy.
 *
 * @param home the server's folder: data, log, password file and lock live in it; made when missing
 * @param port 5432 or the next free one by default
 * @param binariesCache where the packed binaries are unpacked to, a folder per content hash; {@code
 *     binaries} beside the home by default. Processes may share it.
 * @param installedBinaries the {@code bin} folder of an installed server, used instead of the
 *     packed one
 * @param serverSettings added to postgresql.conf. Switching durability off is refused, and so are
 *     the settings the launcher itself owns.
 * @param startTimeout how long a start may take, crash recovery included; 60 s by default
 */
public record EmbeddedPostgresSettings(
    Path home,
    PortChoice port,
    Path binariesCache,
    Optional<Path> installedBinaries,
    Map<String, String> serverSettings,
    Duration startTimeout) {

  /** PostgreSQL's own port. */
  public static final int DEFAULT_PORT = 5432;

  /**
   * @throws IllegalArgumentException when a value is not usable; the message names it
   */
  public EmbeddedPostgresSettings {
    home = home.toAbsolutePath().normalize();
    binariesCache = binariesCache.toAbsolutePath().normalize();
    installedBinaries = installedBinaries.map(bin -> bin.toAbsolutePath().normalize());
    serverSettings = Map.copyOf(serverSettings);
    ServerSettings.check(serverSettings);
    // pg_ctl hands these to a shell between double quotes.
    checkPath(home);
    checkPath(binariesCache);
    installedBinaries.ifPresent(EmbeddedPostgresSettings::checkPath);
    if (startTimeout.toSeconds() < 1) {
      throw new IllegalArgumentException("the start timeout is under a second: " + startTimeout);
    }
  }

  /** The defaults for a server living in this folder. */
  public static EmbeddedPostgresSettings in(Path home) {
    return new EmbeddedPostgresSettings(
        home,
        PortChoice.preferred(DEFAULT_PORT),
        home.toAbsolutePath().normalize().resolveSibling("binaries"),
        Optional.empty(),
        Map.of(),
        Duration.ofSeconds(60));
  }

  public EmbeddedPostgresSettings withPort(PortChoice newPort) {
    return new EmbeddedPostgresSettings(
        home, newPort, binariesCache, installedBinaries, serverSettings, startTimeout);
  }

  public EmbeddedPostgresSettings withBinariesCache(Path newCache) {
    return new EmbeddedPostgresSettings(
        home, port, newCache, installedBinaries, serverSettings, startTimeout);
  }

  public EmbeddedPostgresSettings withInstalledBinaries(Path bin) {
    return new EmbeddedPostgresSettings(
        home, port, binariesCache, Optional.of(bin), serverSettings, startTimeout);
  }

  public EmbeddedPostgresSettings withServerSettings(Map<String, String> newSettings) {
    return new EmbeddedPostgresSettings(
        home, port, binariesCache, installedBinaries, newSettings, startTimeout);
  }

  private static void checkPath(Path path) {
    if (path.toString().chars().anyMatch(c -> c < ' ' || "\"$`\\".indexOf(c) >= 0)) {
      throw new IllegalArgumentException(
          "a folder of the server may not hold quotes, $, ` or \\ in its name: " + path);
    }
  }
}
