package io.tenantry.operations.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProberIT {

  private static final String DATABASE = "tenantry_prober";
  private static final String PROBES = "tenantry_api.api_isolation_probes";

  private static DatabaseAddress address;

  @BeforeAll
  static void install() {
    TestPostgres server = TestPostgres.shared();
    address =
        PlatformSetup.install(
            server.host(),
            server.port(),
            server.superuser(),
            server.superuserPassword(),
            DATABASE,
            new DirectoryCredentialSource(TestPlatform.SECRETS));
  }

  @Test
  void itSaysWhetherTenantsAreKeptApartAndEndsAccordingly() throws SQLException {
    Ran without = prober(Map.of(), "--once");
    assertThat(without.exit()).as(without.err()).isEqualTo(ExitCode.FAILED);
    assertThat(without.err()).contains("canary", "provisioner");

    PlatformSetup.canaries(address, new DirectoryCredentialSource(TestPlatform.SECRETS));
    Ran clean = prober(Map.of(), "--once");
    assertThat(clean.exit()).as(clean.out() + clean.err()).isEqualTo(ExitCode.DONE);
    assertThat(clean.out()).contains(DATABASE + ": tenants are kept apart.");

    Ran json = prober(Map.of(), "--once", "--output", "json");
    assertThat(json.json().path("outcome").asString()).isEqualTo("CLEAN");
    assertThat(json.json().path("findings")).isEmpty();

    execute("alter table " + PROBES + " disable row level security");
    try {
      Ran leaking = prober(Map.of(), "--once");
      assertThat(leaking.exit()).isEqualTo(ExitCode.UNSAFE);
      assertThat(leaking.out()).contains("foreign_row_visible", PROBES, "NOT kept apart");
    } finally {
      execute("alter table " + PROBES + " enable row level security");
    }
    assertThat(prober(Map.of(), "--once").exit()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void aDatabaseThatIsAwayIsNamedAndIsNoFinding() {
    Ran away = prober(Map.of("TENANTRY_DATABASE_PORT", "1"), "--once");
    assertThat(away.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(away.err()).contains(":1/" + DATABASE, "could not be looked at");
  }

  @Test
  void withoutOnceAndWithAnUnknownOptionItSaysHowItIsCalled() {
    for (List<String> wrong : List.of(List.<String>of(), List.of("--once", "--for-ever"))) {
      Ran called = prober(Map.of(), wrong.toArray(String[]::new));
      assertThat(called.exit()).isEqualTo(ExitCode.USAGE);
      assertThat(called.err()).contains("Usage:", "--once");
    }
  }

  @Test
  void theCommandLineKnowsIt() {
    assertThat(Tenantry.commandLine().getSubcommands()).containsKey("prober");
  }

  private static Ran prober(Map<String, String> more, String... arguments) {
    Map<String, String> settings = new HashMap<>();
    settings.put("TENANTRY_DATABASE_HOST", address.host());
    settings.put("TENANTRY_DATABASE_PORT", Integer.toString(address.port()));
    settings.put("TENANTRY_DATABASE_NAME", address.database());
    settings.put("TENANTRY_CREDENTIALS_DIRECTORY", TestPlatform.SECRETS.toString());
    settings.putAll(more);
    String[] all = new String[arguments.length + 1];
    all[0] = "prober";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Ran.command(settings, all);
  }

  private static void execute(String sql) throws SQLException {
    try (Connection superuser = TestPostgres.shared().connectAsSuperuser(DATABASE);
        Statement statement = superuser.createStatement()) {
      statement.execute(sql);
    }
  }
}
