package io.tenantry.migrations.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.credentials.LoginCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A dump and a vacuum by the server's own client programs, after the revokes. The embedded server
 * brings none, so this runs where an installed one is used: by {@code make test.pg15}.
 */
class ClientProgramsProof {

  @TempDir private Path folder;

  @Test
  void theBackupDumpsAllRowsOfAllTenantsButNoKey()
      throws IOException, InterruptedException, SQLException {
    Linted.asSuperuser(
        "insert into tenantry_api.research_reports (tenant_id, id, title, body)"
            + " values ('%s', gen_random_uuid(), 'in the dump', 'x')".formatted(Linted.GLOBEX));
    Path dump = folder.resolve("dump.sql");
    run(
        Linted.PLATFORM.credentials().login("tenantry_backup"),
        "pg_dump",
        "--exclude-table-data=tenantry_guard.capability_keys",
        "--file=" + dump);
    assertThat(dump)
        .content()
        .contains("in the dump", "FORCE ROW LEVEL SECURITY", Linted.named("<acme>.desk_orders"))
        .contains("CREATE TABLE tenantry_guard.capability_keys")
        .doesNotContain("COPY tenantry_guard.capability_keys");
  }

  @Test
  void manyConnectionsMayDumpOneSnapshot() throws IOException, InterruptedException {
    run(
        Linted.PLATFORM.credentials().login("tenantry_backup"),
        "pg_dump",
        "--format=directory",
        "--jobs=2",
        "--file=" + folder.resolve("dump"));
  }

  @Test
  void theSuperuserVacuumsEverything() throws IOException, InterruptedException {
    assertThat(run(Linted.PLATFORM.superuserLogin(), "vacuumdb", "--analyze"))
        .doesNotContain("WARNING");
  }

  private static String run(LoginCredentials login, String program, String... options)
      throws IOException, InterruptedException {
    String bin = System.getenv("TENANTRY_TEST_POSTGRES_BIN");
    assertThat(bin).as("TENANTRY_TEST_POSTGRES_BIN names no server's folder").isNotBlank();
    Path file = Path.of(bin, program);
    assertThat(file).isExecutable();
    List<String> command = new ArrayList<>(List.of(file.toString()));
    command.addAll(List.of(options));
    command.add("--dbname=" + Linted.PLATFORM.address().database());
    ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
    process.environment().put("PGHOST", Linted.PLATFORM.address().host());
    process.environment().put("PGPORT", Integer.toString(Linted.PLATFORM.address().port()));
    process.environment().put("PGUSER", login.user());
    process.environment().put("PGPASSWORD", login.password());
    Path output = Files.createTempFile("client", ".log");
    process.redirectOutput(output.toFile());
    assertThat(process.start().waitFor()).as(() -> read(output)).isZero();
    return read(output);
  }

  private static String read(Path output) {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
