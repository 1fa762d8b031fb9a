package io.tenantry.operations.database;

import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.LoginCredentials;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  /**
   * Runs it to its end.
   *
   * @param sql null: it takes over this terminal
   * @return its exit code
   */
  int run(@Nullable String sql, PrintWriter out) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(psql.toString()));
    if (sql != null) {
      command.addAll(List.of("-v", "ON_ERROR_STOP=1", "-c", sql));
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    connect(builder.environment());
    if (sql == null) {
      return builder.inheritIO().start().waitFor();
    }
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    try (Reader answer = process.inputReader(StandardCharsets.UTF_8)) {
      answer.transferTo(out);
    }
    out.flush();
    return process.waitFor();
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
