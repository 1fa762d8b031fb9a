package io.tenantry.embedded;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own on the loopback address: scram-sha-256 for everyone, durability
 * on, data kept between runs.
 *
 * <p>The server runs in a session of its own and outlives a killed JVM; the next {@link #open} on
 * the same home stops it and recovers the data. No shutdown hook is set: whoever opens it closes
 * it.
 *
 * <p>Safe for several threads. {@link #open}, {@link #start}, {@link #stop}, {@link #kill} and
 * {@link #close} block until the server is up or down, and throw {@link EmbeddedPostgresException};
 * an interrupt ends them with that exception and the interrupt flag set.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  /** The superuser that every server of ours begins with. */
  public static final String SUPERUSER = Cluster.SUPERUSER;

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

  /** Between looking for a free port and taking it, another program may take it. */
  private static final int PORT_ATTEMPTS = 5;

  private final EmbeddedPostgresSettings settings;
  private final InstanceLock lock;
  private final Cluster cluster;
  private final ServerControl control;
  private final int majorVersion;
  private final String password;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile int port;
  private volatile boolean closed;

  private EmbeddedPostgres(
      EmbeddedPostgresSettings settings,
      InstanceLock lock,
      Cluster cluster,
      ServerControl control,
      int majorVersion,
      String password) {
    this.settings = settings;
    this.lock = lock;
    this.cluster = cluster;
    this.control = control;
    this.majorVersion = majorVersion;
    this.password = password;
  }

  /**
   * Starts the server in this home; makes its data first when there is none. Before it is handed
   * out, a wrong password has been refused and the right one accepted.
   *
   * @throws EmbeddedPostgresException when another instance owns the home, the data is of another
   *     version, the port is taken, or the server does not start; nothing of ours is left running
   */
  public static EmbeddedPostgres open(EmbeddedPostgresSettings settings) {
    return open(settings, RunAs.candidates());
  }

  static EmbeddedPostgres open(EmbeddedPostgresSettings settings, List<RunAs> candidates) {
    try {
      Path home = Folders.createPrivate(settings.home());
      InstanceLock lock = InstanceLock.take(home);
      try {
        return openOwned(settings, candidates, home, lock);
      } catch (IOException | RuntimeException e) {
        lock.release();
        throw e;
      }
    } catch (IOException e) {
      throw Folders.failed("starting the server in", settings.home(), e);
    }
  }

  private static EmbeddedPostgres openOwned(
      EmbeddedPostgresSettings settings, List<RunAs> candidates, Path home, InstanceLock lock)
      throws IOException {
    Binaries binaries = Binaries.locate(settings);
    RunAs runAs = RunAs.choose(candidates, home, binaries);
    Cluster cluster = new Cluster(home, binaries, runAs);
    ServerControl control = new ServerControl(home, binaries, runAs);
    control.stopOrphan();
    String password = SuperuserPassword.keptIn(home, Files.exists(cluster.data()));
    cluster.prepare(password);
    EmbeddedPostgres server =
        new EmbeddedPostgres(settings, lock, cluster, control, binaries.major(), password);
    server.boot(settings.port());
    LOG.info("PostgreSQL {} on {}:{}, data in {}", binaries.major(), Ports.HOST, server.port, home);
    return server;
  }

  /**
   * The password of the superuser {@link #SUPERUSER} that is kept in a home, for tools beside the
   * process that runs the server; empty when none is kept there.
   *
   * @throws EmbeddedPostgresException when it cannot be read
   */
  public static Optional<String> keptPassword(Path home) {
    try {
      return SuperuserPassword.keptIn(home);
    } catch (IOException e) {
      throw Folders.failed("reading the superuser's password in", home, e);
    }
  }

  /**
   * Deletes a home with everything in it, after ending the server a killed process may have left
   * running there. Nothing happens when there is no such folder.
   *
   * @throws EmbeddedPostgresException when another instance owns the home, or deleting fails
   */
  public static void discard(Path home) {
    try {
      if (!Files.isDirectory(home)) {
        return;
      }
      Path real = home.toRealPath();
      InstanceLock lock = InstanceLock.take(real);
      try {
        Postmaster.serving(Cluster.dataIn(real)).ifPresent(Postmaster::kill);
        Folders.deleteAll(real);
      } finally {
        lock.release();
      }
    } catch (IOException e) {
      throw Folders.failed("deleting", home, e);
    }
  }

  /** Starts again after {@link #stop} or {@link #kill}, on the same port. No-op while it runs. */
  public void start() {
    change(
        "starting",
        () -> {
          if (closed) {
            throw new IllegalStateException("closed: " + this);
          }
          if (!control.isRunning()) {
            boot(PortChoice.exactly(port));
          }
        });
  }

  /** Stops in good order and keeps port and lock; open transactions are rolled back. Idempotent. */
  public void stop() {
    change("stopping", control::stop);
  }

  /** Stops as a crash would, keeping port and lock; the next start recovers. Idempotent. */
  public void kill() {
    change("killing", control::kill);
  }

  /** Stops in good order and gives the home free. Idempotent; the data stays. */
  @Override
  public void close() {
    change(
        "stopping",
        () -> {
          if (!closed) {
            closed = true;
            try {
              control.stop();
            } finally {
              lock.release();
            }
          }
        });
  }

  public boolean isRunning() {
    try {
      return !closed && control.isRunning();
    } catch (IOException e) {
      throw Folders.failed("looking at the server in", settings.home(), e);
    }
  }

  public String host() {
    return Ports.HOST;
  }

  public int port() {
    return port;
  }

  public String superuser() {
    return Cluster.SUPERUSER;
  }

  /** Never log it. */
  public String superuserPassword() {
    return password;
  }

  /** For this database, without credentials. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://"
        + host()
        + ":"
        + port
        + "/"
        + URLEncoder.encode(database, StandardCharsets.UTF_8);
  }

  public int majorVersion() {
    return majorVersion;
  }

  /** The server's log file. */
  public Path log() {
    return control.log();
  }

  @Override
  public String toString() {
    return "EmbeddedPostgres[" + host() + ":" + port + ", " + settings.home() + "]";
  }

  private void boot(PortChoice choice) throws IOException {
    cluster.configure(settings.serverSettings());
    for (int attempt = 1; ; attempt++) {
      port = Ports.choose(choice);
      try {
        control.start(
            ServerSettings.commandLine(port, settings.serverSettings()), settings.startTimeout());
        break;
      } catch (EmbeddedPostgresException e) {
        if (attempt == PORT_ATTEMPTS || choice.exact() || Ports.isFree(port)) {
          throw e;
        }
      }
    }
    try {
      checkPasswords();
    } catch (IOException | RuntimeException e) {
      control.stop();
      throw e;
    }
  }

  /** The wrong one first: a server that takes anything must never be handed out. */
  private void checkPasswords() throws IOException {
    ScramLogin.Answer toWrong =
        ScramLogin.attempt(port, Cluster.SUPERUSER, SuperuserPassword.generate());
    if (toWrong != ScramLogin.Answer.REFUSED) {
      throw new EmbeddedPostgresException(
          "the server in " + settings.home() + " does not check passwords: " + toWrong,
          "it was stopped; see pg_hba.conf in its data folder");
    }
    if (ScramLogin.attempt(port, Cluster.SUPERUSER, password) != ScramLogin.Answer.ACCEPTED) {
      throw new EmbeddedPostgresException(
          "the server in " + settings.home() + " refuses the kept password of its superuser",
          "put back the password file that belongs to this data");
    }
  }

  private void change(String doing, Change change) {
    changing.lock();
    try {
      change.run();
    } catch (IOException e) {
      throw Folders.failed(doing + " the server in", settings.home(), e);
    } finally {
      changing.unlock();
    }
  }

  @FunctionalInterface
  private interface Change {
    void run() throws IOException;
  }
}
