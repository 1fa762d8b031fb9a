package io.tenantry.operations.command;

import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.credentials.directory.SecretDirectory;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.testkit.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A platform with a tenant, which the tests of this JVM share, and the variables that name it.
 *
 * @param secrets the folder
 */
record TestPlatform(DatabaseAddress address, Path secrets) {

  /** Of all databases here: logins, and so their passwords, belong to the whole server. */
  static final Path SECRETS = newSecrets();

  static final TestPlatform SHARED = install("tenantry_doctor", "acme");

  private static Path newSecrets() {
    try {
      Path secrets = Files.createTempDirectory("tenantry-command-test").resolve("secrets");
      SecretDirectory.createMissing(secrets);
      return secrets;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another one, with tenants of these slugs. */
  static TestPlatform install(String database, String... slugs) {
    TestPostgres server = TestPostgres.shared();
    DirectoryCredentialSource credentials = new DirectoryCredentialSource(SECRETS);
    DatabaseAddress address =
        PlatformSetup.install(
            server.host(),
            server.port(),
            server.superuser(),
            server.superuserPassword(),
            database,
            credentials);
    for (String slug : slugs) {
      PlatformSetup.provisioner(address, credentials).provisionNow(slug, slug);
    }
    return new TestPlatform(address, SECRETS);
  }

  /** As an operator sets them; {@code more} goes over them, in pairs. */
  Map<String, String> variables(String... more) {
    Map<String, String> variables = new HashMap<>();
    variables.put("TENANTRY_DATABASE_HOST", address.host());
    variables.put("TENANTRY_DATABASE_PORT", Integer.toString(address.port()));
    variables.put("TENANTRY_DATABASE_NAME", address.database());
    variables.put("TENANTRY_CREDENTIALS_DIRECTORY", secrets.toString());
    for (int i = 0; i < more.length; i += 2) {
      variables.put(more[i], more[i + 1]);
    }
    return variables;
  }

  /** As {@link #variables}, with the superuser of the server. */
  Map<String, String> superuserVariables() {
    return variables("DATABASE_URL", superuserUrl(address.database()));
  }

  static String superuserUrl(String database) {
    TestPostgres server = TestPostgres.shared();
    return "postgresql://"
        + server.superuser()
        + ":"
        + URLEncoder.encode(server.superuserPassword(), StandardCharsets.UTF_8)
        + "@"
        + server.host()
        + ":"
        + server.port()
        + "/"
        + database;
  }

  /** The first column of the first row, read as superuser; null when there is none. */
  @Nullable String read(String sql) {
    try (Connection connection = TestPostgres.shared().connectAsSuperuser(address.database());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : null;
    } catch (SQLException e) {
      throw new IllegalStateException("While looking", e);
    }
  }

  /** Runs each as superuser. */
  void run(String... statements) {
    try (Connection connection = TestPostgres.shared().connectAsSuperuser(address.database());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("While planting or mending", e);
    }
  }
}
