package io.tenantry.testkit;

import io.tenantry.embedded.EmbeddedPostgres;
import io.tenantry.embedded.EmbeddedPostgresSettings;
import io.tenantry.embedded.PortChoice;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Our own launcher on a throw-away home. */
final class EmbeddedServer implements TestServer {
  private final Path home;
  private final EmbeddedPostgres server;

  private EmbeddedServer(Path home, EmbeddedPostgres server) {
    this.home = home;
    this.server = server;
  }

  static EmbeddedServer open() {
    Path home = TestFolders.newHome();
    EmbeddedPostgresSettings settings =
        EmbeddedPostgresSettings.in(home)
            .withPort(PortChoice.anyFree())
            .withBinariesCache(TestFolders.binaries())
            .withServerSettings(settings(TestSettings.get("TENANTRY_TEST_POSTGRES_SETTINGS", "")));
    String installed = TestSettings.get("TENANTRY_TEST_POSTGRES_BIN", "");
    return new EmbeddedServer(
        home,
        EmbeddedPostgres.open(
            installed.isEmpty() ? settings : settings.withInstalledBinaries(Path.of(installed))));
  }

  private static Map<String, String> settings(String words) {
    Map<String, String> settings = new HashMap<>();
    for (String word : words.split(" ", -1)) {
      int at = word.indexOf('=');
      if (at > 0) {
        settings.put(word.substring(0, at), word.substring(at + 1));
      } else if (!word.isEmpty()) {
        throw new IllegalArgumentException(
            "TENANTRY_TEST_POSTGRES_SETTINGS has '" + word + "'; write name=value.");
      }
    }
    return settings;
  }

  @Override
  public String host() {
    return server.host();
  }

  @Override
  public int port() {
    return server.port();
  }

  @Override
  public String superuser() {
    return server.superuser();
  }

  @Override
  public String password() {
    return server.superuserPassword();
  }

  @Override
  public String description() {
    return "an embedded server at " + host() + ":" + port();
  }

  @Override
  public void stop() {
    server.stop();
  }

  @Override
  public void start() {
    server.start();
  }

  /** Nobody wants the data: a crash is the quickest end. */
  @Override
  public void close() {
    server.kill();
    server.close();
    EmbeddedPostgres.discard(home);
  }
}
