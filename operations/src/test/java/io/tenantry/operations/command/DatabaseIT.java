package io.tenantry.operations.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.credentials.Duty;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.testkit.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The prompt for SQL, setting a database up, and beginning it anew. */
class DatabaseIT {

  private static final TestPlatform PLATFORM = TestPlatform.SHARED;

  private static final String CHANGE =
      "update tenantry_control.tenants set display_name = display_name where false";

  @TempDir private Path folder;

  @Test
  void ourOwnPromptShowsRowsAndWritesOnlyWhenItIsTold() {
    Ran rows = psql("--builtin", "--command", "select 1 as one, null as nothing; select 2 as two");
    assertThat(rows.exit()).as(rows.toString()).isEqualTo(ExitCode.DONE);
    assertThat(rows.out()).contains("one  nothing\n1\n(1 rows)", "two\n2\n(1 rows)");

    Ran write = psql("--builtin", "--command", CHANGE);
    assertThat(write.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(write.err()).contains("(25006)");
    Ran allowed = psql("--builtin", "--write", "--command", CHANGE);
    assertThat(allowed.exit()).as(allowed.toString()).isEqualTo(ExitCode.DONE);
    assertThat(allowed.out()).contains("0 rows changed");
  }

  @Test
  void itIsTheLoginThatWasAskedForAndSaysSo() {
    Ran monitor = psql("--builtin", "--as", "monitor", "--command", "select current_user as is_me");
    assertThat(monitor.out()).contains("tenantry_monitor");
    assertThat(monitor.err()).contains("as tenantry_monitor, reading only");
    assertThat(psql("--as", "nobody").exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void psqlGetsThePasswordInItsEnvironmentAndNotOnItsCommandLine() throws IOException {
    Path psql =
        Files.writeString(
            folder.resolve("psql"), "#!/bin/sh\necho \"arguments: $*\"\n/usr/bin/env\nexit 7\n");
    Files.setPosixFilePermissions(psql, PosixFilePermissions.fromString("rwx------"));
    String password =
        new DirectoryCredentialSource(PLATFORM.secrets()).login(Duty.CONTROL).password();
    Ran ran =
        Ran.command(
            PLATFORM.variables("PATH", folder.toString()), "db", "psql", "--command", "select 1");
    assertThat(ran.exit()).isEqualTo(7);
    assertThat(ran.out())
        .contains(
            "arguments: -v ON_ERROR_STOP=1 -c select 1",
            "PGPASSWORD=" + password,
            "PGDATABASE=" + PLATFORM.address().database(),
            "PGOPTIONS=-c default_transaction_read_only=on");
    assertThat(ran.out().lines().findFirst().orElse("")).doesNotContain(password);
    assertThat(ran.err()).doesNotContain(password);
  }

  @Test
  void whatPsqlSaysBesideDataGoesToTheErrorStreamAndSteersNoTerminal() throws IOException {
    Path psql =
        Files.writeString(
            folder.resolve("psql"),
            "#!/bin/sh\nprintf 'rows\\n'\nprintf 'NOTICE: \\033]0;title\\n' >&2\n");
    Files.setPosixFilePermissions(psql, PosixFilePermissions.fromString("rwx------"));
    Ran ran =
        Ran.command(
            PLATFORM.variables("PATH", folder.toString()), "db", "psql", "--command", "select 1");
    assertThat(ran.out()).isEqualTo("rows\n");
    assertThat(ran.err()).contains("NOTICE: \\u001b]0;title\n").doesNotContain("\u001b");
  }

  @Test
  void whatTheServerSaysSteersNoTerminal() {
    String escape = "chr(27) || '[2J' || chr(155) || chr(8238)";
    Ran cell = said("select " + escape + " as cell");
    assertThat(cell.out()).contains("\\u001b[2J\\u009b\\u202e");
    Ran name = said("select 1 as \"\u001b[2J\"");
    assertThat(name.out()).contains("\\u001b[2J\n1");
    String raise = "do $$ begin raise %s '%%', " + escape + "; end $$";
    Ran notice = said(raise.formatted("notice"));
    assertThat(notice.exit()).as(notice.toString()).isEqualTo(ExitCode.DONE);
    assertThat(notice.err()).contains("\\u001b[2J\\u009b\\u202e");
    Ran error = said(raise.formatted("exception"));
    assertThat(error.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(error.err()).contains("\\u001b[2J\\u009b\\u202e");
    for (Ran ran : new Ran[] {cell, name, notice, error}) {
      assertThat(ran.out() + ran.err()).doesNotContain("\u001b", "\u009b", "\u202e");
    }
  }

  private static Ran said(String sql) {
    return Ran.command(
        PLATFORM.superuserVariables(),
        "db",
        "psql",
        "--builtin",
        "--as",
        "superuser",
        "--command",
        sql);
  }

  @Test
  void aDatabaseOnAnotherMachineIsNotDroppedUnlessThatIsSaidTwice() {
    Map<String, String> elsewhere =
        PLATFORM.variables("TENANTRY_DATABASE_HOST", "db.invalid", "POSTGRES_USER", "postgres");
    elsewhere.put("POSTGRES_PASSWORD", "topsecret");
    String name = PLATFORM.address().database();
    Ran once = Ran.command(elsewhere, "db", "reset", "--confirm", name);
    assertThat(once.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(once.err())
        .contains("db.invalid", "is not on this machine", "--remote db.invalid --confirm " + name)
        .doesNotContain("topsecret");
    Ran other =
        Ran.command(elsewhere, "db", "reset", "--confirm", name, "--remote", "other.invalid");
    assertThat(other.exit()).isEqualTo(ExitCode.REFUSED);
    // Said twice it is tried, and nobody is there.
    Ran twice = Ran.command(elsewhere, "db", "reset", "--confirm", name, "--remote", "db.invalid");
    assertThat(twice.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(twice.err()).doesNotContain("topsecret");
  }

  @Test
  void aResetIsConfirmedAndLeavesAnEmptyDatabaseWithoutTheRolesOfItsTenants() {
    TestPlatform other = TestPlatform.install("tenantry_reset", "initech");
    Map<String, String> variables = other.superuserVariables();
    for (String[] wrong :
        new String[][] {{"db", "reset"}, {"db", "reset", "--confirm", "tenantry"}}) {
      Ran ran = Ran.command(variables, wrong);
      assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
      assertThat(ran.err()).contains("--confirm tenantry_reset");
    }
    Ran unknown = Ran.command(other.variables(), "db", "reset", "--confirm", "tenantry_reset");
    assertThat(unknown.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(unknown.err()).contains("DATABASE_URL");
    assertThat(tenants(other)).isEqualTo("1");
    String role =
        other.read(
            "select rolname from pg_roles r, tenantry_control.tenants t"
                + " where rolname like 'app\\_tenant\\_' || replace(t.id::text, '-', '')");
    assertThat(role).isNotNull();
    String roles =
        PLATFORM.read("select count(*) from pg_roles where rolname like 'app\\_tenant%'");

    Ran reset = Ran.command(variables, "db", "reset", "--confirm", "tenantry_reset");
    assertThat(reset.exit()).as(reset.toString()).isEqualTo(ExitCode.DONE);
    assertThat(reset.out()).contains("is empty again", "1 roles of tenants are gone");
    assertThat(tenants(other)).isEqualTo("0");
    assertThat(other.read("select rolname from pg_roles where rolname = '" + role + "'")).isNull();
    // Those of another database on this server are not this one's to drop.
    assertThat(PLATFORM.read("select count(*) from pg_roles where rolname like 'app\\_tenant%'"))
        .isEqualTo(Integer.toString(Integer.parseInt(String.valueOf(roles)) - 1));
    assertThat(reset.toString()).doesNotContain(TestPostgres.shared().superuserPassword());
  }

  @Test
  void upWithBootstrapSetsUpADatabaseThatIsNotThereYet() {
    Map<String, String> variables = new HashMap<>();
    // Logins belong to the whole server: the secrets of its other databases stay in use.
    variables.put("TENANTRY_CREDENTIALS_DIRECTORY", PLATFORM.secrets().toString());
    variables.put("DATABASE_URL", TestPlatform.superuserUrl("tenantry_new"));
    Ran up = Ran.command(variables, "migrate", "up", "--bootstrap");
    assertThat(up.exit()).as(up.toString()).isEqualTo(ExitCode.DONE);
    assertThat(up.err()).contains("tenantry_new is set up");
    assertThat(Ran.command(variables, "doctor", "--quick").exit()).isEqualTo(ExitCode.DONE);
    assertThat(up.toString()).doesNotContain(TestPostgres.shared().superuserPassword());

    variables.put("DATABASE_URL", "postgresql://127.0.0.1:" + PLATFORM.address().port() + "/x");
    Ran nobody = Ran.command(variables, "migrate", "up", "--bootstrap");
    assertThat(nobody.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(nobody.err()).contains("No superuser", "DATABASE_URL");
  }

  private static String tenants(TestPlatform platform) {
    return String.valueOf(platform.read("select count(*) from tenantry_control.tenants"));
  }

  private static Ran psql(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "db";
    all[1] = "psql";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return Ran.command(PLATFORM.variables(), all);
  }
}
