package io.tenantry.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A PgBouncer of our own in front of the tests' server: on a free port of the loopback, lending by
 * the transaction, passwords checked by scram-sha-256 and looked up by {@code auth_query}. It is
 * the installed program ({@code TENANTRY_TEST_PGBOUNCER}, {@code pgbouncer} unless set); its log
 * lies in a temporary folder. Blocks while it starts and stops. Safe for several threads.
 */
public final class PgBouncer implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(20);
  private static final String LOOKUP = "tenantry_pooler";
  // One role of one server: each pooler of this JVM has to know the same password.
  private static final String PASSWORD = UUID.randomUUID().toString();

  private final TestPostgres server;
  private final int port;
  private final Path folder;
  private final ChildProcess process;

  private PgBouncer(TestPostgres server, int port, Path folder, ChildProcess process) {
    this.server = server;
    this.port = port;
    this.folder = folder;
    this.process = process;
  }

  /** Whether this run is to go through a pooler: {@code TENANTRY_TEST_POOLER=pgbouncer}. */
  public static boolean isDemanded() {
    String demanded = TestSettings.get("TENANTRY_TEST_POOLER", "none");
    return switch (demanded) {
      case "none" -> false;
      case "pgbouncer" -> true;
      default ->
          throw new IllegalStateException(
              "TENANTRY_TEST_POOLER is '" + demanded + "'; it takes none or pgbouncer.");
    };
  }

  /** The one that a run through a pooler uses; ends with the JVM. */
  public static PgBouncer shared() {
    return Shared.POOLER;
  }

  /**
   * Starts one in front of {@code server}.
   *
   * @param sessions how many of the server's sessions it keeps for a login and database
   * @param more further lines of its settings, after ours
   */
  public static PgBouncer start(TestPostgres server, int sessions, String... more) {
    int port = FreePorts.next();
    try {
      Path folder = Files.createTempDirectory("tenantry-pgbouncer");
      Path users = folder.resolve("users.txt");
      Files.writeString(users, "\"" + LOOKUP + "\" \"" + PASSWORD + "\"\n");
      Path settings = folder.resolve("pgbouncer.ini");
      Files.writeString(
          settings, text(server, port, users, folder, sessions) + String.join("\n", more) + "\n");
      List<String> command = new ArrayList<>(asNobody(folder, users, settings));
      command.add(TestSettings.get("TENANTRY_TEST_PGBOUNCER", "pgbouncer"));
      command.add("--quiet");
      command.add(settings.toString());
      PgBouncer started =
          new PgBouncer(
              server,
              port,
              folder,
              ChildProcess.start(command, Map.of(), folder.resolve("output.log")));
      started.process.awaitStart(START, started::listens);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("while starting PgBouncer; is it installed?", e);
    }
  }

  private static String text(TestPostgres server, int port, Path users, Path folder, int sessions) {
    return """
    [databases]
    * = host=%s port=%d connect_query='set search_path = pg_catalog'
    [pgbouncer]
    listen_addr = 127.0.0.1
    listen_port = %d
    unix_socket_dir =
    logfile = %s
    auth_type = scram-sha-256
    auth_file = %s
    auth_user = %s
    auth_query = select name, verifier from tenantry_pooler.verifier($1)
    pool_mode = transaction
    default_pool_size = %d
    max_client_conn = 500
    query_wait_timeout = 10
    ignore_startup_parameters = extra_float_digits
    server_tls_sslmode = disable
    """
        .formatted(
            server.host(),
            server.port(),
            port,
            folder.resolve("pgbouncer.log"),
            users,
            LOOKUP,
            sessions);
  }

  /** PgBouncer refuses root. */
  private static List<String> asNobody(Path folder, Path... files) throws IOException {
    if (!"root".equals(System.getProperty("user.name"))) {
      return List.of();
    }
    UserPrincipal nobody =
        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    for (Path file : files) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      Files.setOwner(file, nobody);
    }
    Files.setOwner(folder, nobody);
    return List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups");
  }

  /**
   * Lets the runtime logins in to {@code database}: the pooler's own login there may call one
   * function, which tells it their verifiers and nobody else's. Idempotent.
   */
  public void admit(String database) {
    try (Connection connection = server.connectAsSuperuser(database);
        Statement statement = connection.createStatement()) {
      for (String sql : PoolerLogin.statements(database, LOOKUP, PASSWORD)) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("while letting PgBouncer in to " + database, e);
    }
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return port;
  }

  /** What it has logged, for the message of a test that fails. */
  public String log() {
    try {
      Path log = folder.resolve("pgbouncer.log");
      return Files.exists(log) ? Files.readString(log) : process.output();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean listens() {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Its clients' sessions end with it. */
  @Override
  public void close() {
    process.kill();
  }

  private static final class Shared {
    static final PgBouncer POOLER = open();

    private static PgBouncer open() {
      PgBouncer pooler = PgBouncer.start(TestPostgres.shared(), 20);
      Runtime.getRuntime().addShutdownHook(new Thread(pooler::close, "stop-test-pgbouncer"));
      return pooler;
    }
  }
}
