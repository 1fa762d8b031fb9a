package io.tenantry.testkit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one PostgreSQL server of a test JVM: started when first asked for, stopped when the JVM ends.
 * Everywhere passwords are checked by scram-sha-256 and durability is on.
 *
 * <p>Chosen by the system property or environment variable {@code TENANTRY_TEST_POSTGRES}:
 *
 * <ul>
 *   <li>{@code auto} (default): a container when a Docker engine answers and has the image, else
 *       embedded
 *   <li>{@code embedded}: our own launcher; {@code TENANTRY_TEST_POSTGRES_BIN} names the bin folder
 *       of an installed server to use instead of the packed one
 *   <li>{@code container}: of {@code TENANTRY_TEST_POSTGRES_IMAGE} (default {@code postgres:18});
 *       fails when there is none
 *   <li>a URL with the superuser's name and password: {@code postgres://user:password@host:port/}
 *       or {@code jdbc:postgresql://host:port/?user=..&password=..}
 * </ul>
 *
 * <p>{@code TENANTRY_TEST_POSTGRES_SETTINGS} gives an embedded server settings of its own: {@code
 * name=value}, separated by blanks; {@code TENANTRY_TEST_POSTGRES_DATA} names a folder to keep its
 * data below instead of the temporary one, such as one in memory.
 *
 * <p>{@code TENANTRY_TEST_POSTGRES_MAJOR}, when set, is the version it has to be.
 *
 * <p>Safe for several threads, as far as the tests let each other's databases alone. Methods that
 * talk to the server may block.
 */
public final class TestPostgres {
  private static final Logger LOG = LoggerFactory.getLogger(TestPostgres.class);

  private final TestServer server;
  private final int majorVersion;

  private TestPostgres(TestServer server) {
    this.server = server;
    try (Connection connection = connectAsSuperuser("postgres");
        Statement statement = connection.createStatement();
        ResultSet version = statement.executeQuery("show server_version_num")) {
      version.next();
      majorVersion = version.getInt(1) / 10_000;
      demandVersion(majorVersion);
    } catch (SQLException e) {
      throw new IllegalStateException("while asking " + server.description() + " its version", e);
    }
  }

  /** A misspelt setting must not prove the wrong version. */
  private static void demandVersion(int major) {
    String demanded = TestSettings.get("TENANTRY_TEST_POSTGRES_MAJOR", "");
    if (!demanded.isEmpty() && !demanded.equals(Integer.toString(major))) {
      throw new IllegalStateException(
          "TENANTRY_TEST_POSTGRES_MAJOR demands " + demanded + "; the server is " + major + ".");
    }
  }

  /**
   * The server of this JVM; blocks while it starts. A failed start fails for good, naming its
   * cause.
   */
  public static TestPostgres shared() {
    return Shared.SERVER;
  }

  public String host() {
    return server.host();
  }

  public int port() {
    return server.port();
  }

  public String superuser() {
    return server.superuser();
  }

  public String superuserPassword() {
    return server.password();
  }

  /** For this database, without credentials. */
  public String jdbcUrl(String database) {
    return jdbcUrl(host(), port(), database);
  }

  static String jdbcUrl(String host, int port, String database) {
    return "jdbc:postgresql://"
        + host
        + ":"
        + port
        + "/"
        + URLEncoder.encode(database, StandardCharsets.UTF_8);
  }

  /** A new connection; the caller closes it. */
  public Connection connectAsSuperuser(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), superuser(), superuserPassword());
  }

  public int majorVersion() {
    return majorVersion;
  }

  /** Whether {@link #stop} and {@link #start} work: not with a server given by URL. */
  public boolean supportsRestart() {
    return server.supportsRestart();
  }

  /**
   * Takes the server away from everyone, keeping its data and port; start it again in a finally
   * block. Idempotent.
   *
   * @throws UnsupportedOperationException when the server is not ours
   */
  public void stop() {
    server.stop();
  }

  /**
   * Brings the server back and returns when it takes connections. Idempotent.
   *
   * @throws UnsupportedOperationException when the server is not ours
   */
  public void start() {
    server.start();
  }

  @Override
  public String toString() {
    return "TestPostgres[" + server.description() + ", PostgreSQL " + majorVersion + "]";
  }

  private static TestServer choose(String mode) {
    return switch (mode.toLowerCase(Locale.ROOT)) {
      case "auto" -> containerOrEmbedded();
      case "embedded" -> EmbeddedServer.open();
      case "container" -> ContainerServer.open();
      default -> GivenServer.parse(mode);
    };
  }

  /** A missing image or a broken engine must not fail a run that can do without. */
  private static TestServer containerOrEmbedded() {
    if (!TestSettings.get("TENANTRY_TEST_POSTGRES_BIN", "").isEmpty()) {
      return EmbeddedServer.open();
    }
    if (ContainerServer.isAtHand()) {
      try {
        return ContainerServer.open();
      } catch (RuntimeException e) {
        LOG.warn("The container did not start; using an embedded server.", e);
      }
    } else {
      LOG.info(
          "No Docker engine with the image {}; using an embedded server.", ContainerServer.image());
    }
    return EmbeddedServer.open();
  }

  private static final class Shared {
    static final TestPostgres SERVER = open();

    private static TestPostgres open() {
      TestServer server = choose(TestSettings.get("TENANTRY_TEST_POSTGRES", "auto"));
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-test-postgres"));
      TestPostgres postgres = new TestPostgres(server);
      LOG.info("Tests use {}", postgres);
      return postgres;
    }
  }
}
