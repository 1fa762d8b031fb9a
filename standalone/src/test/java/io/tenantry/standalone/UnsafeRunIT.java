package io.tenantry.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.embedded.EmbeddedPostgres;
import io.tenantry.embedded.EmbeddedPostgresSettings;
import io.tenantry.embedded.PortChoice;
import io.tenantry.testkit.FreePorts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The system on a server where somebody has given a login more than it may have. */
class UnsafeRunIT {

  @TempDir private static Path temp;

  @Test
  void aStartOnAnUnsafePlatformNamesWhatItFoundAndEndsWithThree() throws Exception {
    Path home = temp.resolve("home");
    // The bootstrap makes what is missing; what is too much it leaves to people.
    superuser(home, "create role tenantry_app_a login", "grant pg_read_all_data to tenantry_app_a");

    try (RunningSystem system = RunningSystem.launch(home, FreePorts.next())) {
      assertThat(system.exitCodeOfStart()).as(system.output()).isEqualTo(3);
      assertThat(system.output())
          .contains("tenantry: What isolation relies on is not so:")
          .contains("role_membership", "pg_read_all_data", "Mend it: ")
          .doesNotContain("Tenantry is running", "Unexpected");
      assertThat(home.resolve("instance.properties")).doesNotExist();
      assertThat(home.resolve("postgres/data/postmaster.pid")).doesNotExist();
    }
  }

  private static void superuser(Path home, String... statements) throws SQLException {
    EmbeddedPostgresSettings settings =
        EmbeddedPostgresSettings.in(home.resolve("postgres"))
            .withPort(PortChoice.preferred(FreePorts.next()));
    try (EmbeddedPostgres server = EmbeddedPostgres.open(settings);
        Connection connection =
            DriverManager.getConnection(
                server.jdbcUrl("postgres"), server.superuser(), server.superuserPassword());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
