package io.tenantry.operations.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.LoginCredentials;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The psql of this machine, connected by variables of its own environment. */
final class PsqlProcess {

  private final Path psql;
  private final DatabaseAddress address;
  private final LoginCredentials login;
  private final boolean write;

  PsqlProcess(Path psql, DatabaseAddress address, LoginCredentials login, boolean write) {
    this.psql = psql;
    this.address = address;
    this.login = login;
    this.write = write;
  }

  /** The first on the path; empty when there is none. */
  static Optional<Path> find(String path) {
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder).resolve("psql"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Lets it take over this terminal, and answers its exit code. */
  int run() throws IOException, InterruptedException {
    return builder(List.of()).inheritIO().start().waitFor();
  }

  /** Has it run this, and answers its exit code. What it says beside data goes to {@code err}. */
  int run(String sql, PrintWriter out, PrintWriter err) throws IOException, InterruptedException {
    Process process = builder(List.of("-v", "ON_ERROR_STOP=1", "-c", sql)).start();
    process.getOutputStream().close();
    Thread errors = Thread.ofVirtual().start(() -> copy(process.errorReader(UTF_8), err));
    copy(process.inputReader(UTF_8), out);
    errors.join();
    return process.waitFor();
  }

  private ProcessBuilder builder(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(psql.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    connect(builder.environment());
    return builder;
  }

  private static void copy(Reader from, PrintWriter to) {
    try (from) {
      from.transferTo(to);
    } catch (IOException e) {
      throw new UncheckedIOException("While psql was talking", e);
    }
    to.flush();
  }

  private void connect(Map<String, String> environment) {
    environment.keySet().removeIf(name -> name.startsWith("PG"));
    environment.put("PGHOST", address.host());
    environment.put("PGPORT", Integer.toString(address.port()));
    environment.put("PGDATABASE", address.database());
    environment.put("PGSSLMODE", address.sslMode());
    environment.put("PGUSER", login.user());
    environment.put("PGPASSWORD", login.password());
    environment.put("PGAPPNAME", SqlSession.APPLICATION);
    environment.put("PGCLIENTENCODING", "UTF8");
    if (!write) {
      environment.put("PGOPTIONS", "-c default_transaction_read_only=on");
    }
  }
}
