package io.tenantry.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** A container: passwords checked and durability on, as everywhere. */
final class ContainerServer implements TestServer {
  private static final String USER = "postgres";
  private static final Pattern MAJOR = Pattern.compile(".*:(\\d+)[^:/]*");
  private static final int FIRST_WITH_BUILTIN = 17;
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final PostgreSQLContainer container;

  private ContainerServer(PostgreSQLContainer container) {
    this.container = container;
  }

  static String image() {
    return TestSettings.get("TENANTRY_TEST_POSTGRES_IMAGE", "postgres:18");
  }

  /** Whether a Docker engine answers and has the image; nothing is pulled. Never throws. */
  static boolean isAtHand() {
    try {
      DockerClientFactory factory = DockerClientFactory.instance();
      if (!factory.isDockerAvailable()) {
        return false;
      }
      factory.client().inspectImageCmd(image()).exec();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  // Closed in close(), or here when it does not start.
  static ContainerServer open() {
    PostgreSQLContainer container =
        new PostgreSQLContainer(
            DockerImageName.parse(image()).asCompatibleSubstituteFor("postgres"));
    try {
      container
          .withUsername(USER)
          .withPassword(UUID.randomUUID().toString())
          .withDatabaseName("postgres")
          .withEnv("POSTGRES_INITDB_ARGS", initdbArguments(image()));
      // The class's own command switches fsync off.
      container.setCommand("postgres", "-c", "timezone=UTC");
      // Fixed, since Docker would give a restarted container another one.
      container.setPortBindings(
          List.of("127.0.0.1:" + FreePorts.next() + ":" + PostgreSQLContainer.POSTGRESQL_PORT));
      container.start();
      return new ContainerServer(container);
    } catch (RuntimeException e) {
      container.close();
      throw e;
    }
  }

  /** The same order of text as the embedded server has. */
  static String initdbArguments(String image) {
    Matcher major = MAJOR.matcher(image);
    boolean builtin = major.matches() && Integer.parseInt(major.group(1)) >= FIRST_WITH_BUILTIN;
    return "--auth=scram-sha-256 --data-checksums --encoding=UTF8 --locale=C"
        + (builtin ? " --locale-provider=builtin --builtin-locale=C.UTF-8" : "");
  }

  @Override
  public String host() {
    return container.getHost();
  }

  @Override
  public int port() {
    return container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT);
  }

  @Override
  public String superuser() {
    return USER;
  }

  @Override
  public String password() {
    return container.getPassword();
  }

  @Override
  public String description() {
    return "a container of " + image() + " at " + host() + ":" + port();
  }

  @Override
  public void stop() {
    if (runs()) {
      container.getDockerClient().stopContainerCmd(container.getContainerId()).exec();
    }
  }

  @Override
  public void start() {
    if (!runs()) {
      container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
    }
    long deadline = System.nanoTime() + START.toNanos();
    SQLException last;
    do {
      try (Connection connection =
          DriverManager.getConnection(
              "jdbc:postgresql://" + host() + ":" + port() + "/postgres", USER, password())) {
        if (connection.isValid(1)) {
          return;
        }
        last = new SQLException("the connection is not valid");
      } catch (SQLException e) {
        last = e;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    } while (System.nanoTime() < deadline);
    throw new IllegalStateException(description() + " does not come back", last);
  }

  private boolean runs() {
    return Boolean.TRUE.equals(
        container
            .getDockerClient()
            .inspectContainerCmd(container.getContainerId())
            .exec()
            .getState()
            .getRunning());
  }

  @Override
  public void close() {
    container.close();
  }
}
