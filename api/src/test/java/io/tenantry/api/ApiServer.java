package io.tenantry.api;

import io.tenantry.control.ApiClientStore;
import io.tenantry.control.Tenant;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.Duty;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.credentials.directory.SecretDirectory;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.migrations.provisioning.Provisioner;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testkit.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** The application under test, on a real PostgreSQL with two tenants; tests share one of each. */
final class ApiServer implements AutoCloseable {

  static final String ISSUER = "http://issuer.test";
  static final String SECRET = "correct horse battery staple";

  private static final String DATABASE = "tenantry_api_test";

  private final ConfigurableApplicationContext context;

  private ApiServer(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** The one that most tests use. */
  static ApiServer shared() {
    return Shared.SERVER;
  }

  static Platform platform() {
    return Platform.READY;
  }

  /** One more, with settings of its own; the caller closes it. */
  static ApiServer start(String... settings) {
    return start(List.of(), settings);
  }

  /** As above, with more beans than the application has. */
  static ApiServer start(List<Class<?>> more, String... settings) {
    return new ApiServer(
        ApiApplication.builder()
            .sources(more.toArray(Class<?>[]::new))
            .properties(settings(settings))
            .run());
  }

  /** The settings of every server here, and then those given. */
  static String[] settings(String... given) {
    DatabaseAddress address = platform().address();
    List<String> all =
        new ArrayList<>(
            List.of(
                "server.port=0",
                "management.server.port=0",
                "tenantry.issuer.enabled=true",
                "tenantry.issuer.uri=" + ISSUER,
                "tenantry.credentials.directory=" + platform().secrets(),
                "tenantry.database.host=" + address.host(),
                "tenantry.database.port=" + address.port(),
                "tenantry.database.name=" + address.database(),
                "tenantry.control.directory-interval=100ms",
                // All tests share a tenant or two, and have one address.
                "tenantry.limits.requests-per-second=1000000",
                "tenantry.limits.burst=10000000",
                "tenantry.security.failed-logins-per-client=10000",
                "tenantry.security.failed-logins-per-address=100000",
                "tenantry.security.bad-tokens-per-address=100000",
                "tenantry.pool.connection-timeout=3s"));
    all.addAll(List.of(given));
    return all.toArray(String[]::new);
  }

  int port() {
    return port("local.server.port");
  }

  int managementPort() {
    return port("local.management.port");
  }

  private int port(String property) {
    return context.getEnvironment().getRequiredProperty(property, Integer.class);
  }

  /** A request to this server; nobody's until it is given a token. */
  Call call(String method, String path) {
    return new Call(port(), method, path);
  }

  Call get(String path) {
    return call("GET", path);
  }

  Call post(String path, String json) {
    return call("POST", path).json(json);
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** As when the process was told to stop, before it ends. */
  void beginStop() {
    context.publishEvent(new ContextClosedEvent(context));
  }

  @Override
  public void close() {
    context.close();
  }

  /** What all servers of this JVM have in common. */
  record Platform(
      Path secrets,
      DatabaseAddress address,
      Provisioner provisioner,
      DataSource control,
      Tenant acme,
      Tenant globex,
      Tokens tokens) {

    private static final Platform READY = prepare();

    /** A client with all scopes of its kind. */
    void client(String id, @Nullable TenantId tenant) {
      Set<String> scopes =
          tenant == null
              ? Set.of("platform:read", "platform:write")
              : Set.of("tenant:read", "tenant:write");
      new ApiClientStore(control)
          .insertIfAbsent(
              id, tenant, "{bcrypt}" + new BCryptPasswordEncoder(4).encode(SECRET), scopes);
    }

    private static Platform prepare() {
      TestPostgres postgres = TestPostgres.shared();
      Path secrets = folder();
      SecretDirectory.createMissing(secrets);
      DirectoryCredentialSource credentials = new DirectoryCredentialSource(secrets);
      DatabaseAddress address =
          PlatformSetup.install(
              postgres.host(),
              postgres.port(),
              postgres.superuser(),
              postgres.superuserPassword(),
              DATABASE,
              credentials);
      Provisioner provisioner = PlatformSetup.provisioner(address, credentials);
      Platform platform =
          new Platform(
              secrets,
              address,
              provisioner,
              new DutyDataSource(address, credentials, Duty.CONTROL, "test"),
              provisioner.provisionNow("acme", "Acme"),
              provisioner.provisionNow("globex", "Globex"),
              new Tokens(credentials.issuerKey()));
      platform.client("acme-desk", platform.acme().id());
      platform.client("operator", null);
      return platform;
    }

    private static Path folder() {
      try {
        return Files.createTempDirectory("tenantry-api-test").resolve("secrets");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Shared {
    static final ApiServer SERVER = start();
  }
}
