package io.tenantry.operations.platform;

import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.LoginCredentials;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.credentials.settings.CapabilitySettings;
import io.tenantry.credentials.settings.CredentialSettings;
import io.tenantry.credentials.settings.DatabaseSettings;
import io.tenantry.credentials.variables.CommandSettings;
import io.tenantry.embedded.EmbeddedPostgres;
import io.tenantry.operations.terminal.CommandFailure;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Surroundings;
import io.tenantry.tenancy.error.TenantryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The platform that a command works on: the one that the settings name or, when they name no
 * database, the one that {@code make run} has started from the same folder.
 *
 * @param secrets the folder that {@code credentials} reads
 * @param login what variables of earlier systems name for this host, to set a database up with
 * @param capabilityLifetime how long a capability that is signed here is good for
 */
public record Platform(
    DatabaseAddress address,
    CredentialSource credentials,
    Path secrets,
    Optional<LoginCredentials> login,
    Duration capabilityLifetime) {

  /** For the help of commands that work on it. */
  public static final String HELP =
      "%nWorks on the database itself: that of TENANTRY_DATABASE_HOST and so on, of DATABASE_URL"
          + " or the%nlike or, where none is named, that of a running `make run` in TENANTRY_HOME"
          + " (.tenantry).%n";

  /**
   * As the environment says.
   *
   * @throws TenantryException with {@code setting_invalid}
   * @throws CommandFailure when it names none, and none runs
   */
  public static Platform of(Surroundings surroundings) {
    CommandSettings settings = CommandSettings.read(surroundings.variables());
    Path home = surroundings.home();
    Optional<DatabaseAddress> running =
        namesADatabase(settings)
            ? Optional.empty()
            : InstanceFile.in(home).find().map(Instance::database);
    boolean secretsNamed = settings.given("tenantry.credentials.directory").isPresent();
    if (running.isEmpty() && !secretsNamed && !namesADatabase(settings)) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "No database is named, and nothing runs from " + home + ".",
          "Set DATABASE_URL, or TENANTRY_DATABASE_HOST and so on, with"
              + " TENANTRY_CREDENTIALS_DIRECTORY; or start make run, or set TENANTRY_HOME.");
    }
    Path secrets =
        running.isPresent() && !secretsNamed
            ? home.resolve("secrets")
            : settings.of(CredentialSettings.class).directory();
    DatabaseAddress address =
        running.orElseGet(() -> settings.of(DatabaseSettings.class).address());
    return new Platform(
        address,
        new DirectoryCredentialSource(secrets),
        secrets,
        settings.login(address.host()).or(() -> localSuperuser(running, home)),
        settings.of(CapabilitySettings.class).lifetime());
  }

  /** A server of {@code make run} keeps its superuser's password beside its data. */
  private static Optional<LoginCredentials> localSuperuser(
      Optional<DatabaseAddress> running, Path home) {
    return running
        .flatMap(_ -> EmbeddedPostgres.keptPassword(home.resolve("postgres")))
        .map(password -> new LoginCredentials(EmbeddedPostgres.SUPERUSER, password));
  }

  private static boolean namesADatabase(CommandSettings settings) {
    return Stream.of("host", "port", "name")
        .anyMatch(part -> settings.given("tenantry.database." + part).isPresent());
  }

  /** Where it is, for people; no secret. */
  public String where() {
    return address.host() + ":" + address.port() + "/" + address.database();
  }
}
