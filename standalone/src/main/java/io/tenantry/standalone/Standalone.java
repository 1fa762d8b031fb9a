package io.tenantry.standalone;

import io.tenantry.api.ApiApplication;
import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.LoginCredentials;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.credentials.directory.SecretDirectory;
import io.tenantry.credentials.startup.UnknownSettings;
import io.tenantry.embedded.EmbeddedPostgres;
import io.tenantry.embedded.EmbeddedPostgresSettings;
import io.tenantry.embedded.PortChoice;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.migrations.application.ProvisionerConfiguration;
import io.tenantry.operations.platform.Instance;
import java.net.URI;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * The whole system in this process: server, provisioner, API. What serves and what changes schemas
 * are contexts side by side; neither sees the beans of the other.
 */
final class Standalone implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Standalone.class);

  /** How long a stop waits for a start that is under way to notice. */
  private static final long START_ENDS_SECONDS = 60;

  private final StandaloneSettings settings;
  private final Deque<AutoCloseable> parts = new ConcurrentLinkedDeque<>();
  private final CountDownLatch startEnded = new CountDownLatch(1);
  private volatile boolean starting;
  private volatile boolean stopping;

  Standalone(StandaloneSettings settings) {
    this.settings = settings;
  }

  /**
   * Starts everything; blocks until the API answers. Called once.
   *
   * @throws RuntimeException when a part does not start, or {@link #close} was called meanwhile;
   *     the parts that did start are stopped again
   */
  Instance start() {
    starting = true;
    try {
      goOn();
      return startParts();
    } catch (RuntimeException | Error e) {
      closeParts();
      throw e;
    } finally {
      starting = false;
      startEnded.countDown();
    }
  }

  private Instance startParts() {
    UnknownSettings.demandKnown(System.getenv());
    EmbeddedPostgres server = started(EmbeddedPostgres.open(serverSettings(settings)));
    Ports.demandFree(settings.port(), "TENANTRY_PORT");
    Ports.demandFree(settings.managementPort(), "TENANTRY_MANAGEMENT_PORT");
    SecretDirectory.createMissing(settings.secrets());
    CredentialSource credentials = new DirectoryCredentialSource(settings.secrets());
    DatabaseAddress address =
        new DatabaseAddress(server.host(), server.port(), Instance.DATABASE, "disable");
    PlatformSetup.install(
        address, new LoginCredentials(server.superuser(), server.superuserPassword()), credentials);
    goOn();
    Demo.create(address, credentials, settings.secrets());
    Instance instance =
        new Instance(URI.create("http://127.0.0.1:" + settings.port()), server.port());
    started(provisioner(settings, address));
    started(api(settings, address, instance));
    settings.instanceFile().write(instance);
    started(settings.instanceFile()::delete);
    return instance;
  }

  /**
   * Stops everything, last started first: requests end before the server does. A start that is
   * under way ends with the part that it is at, and is waited for; interrupted in the middle of
   * one, it could leave a server behind. Idempotent.
   */
  @Override
  public void close() {
    stopping = true;
    if (starting) {
      try {
        if (!startEnded.await(START_ENDS_SECONDS, TimeUnit.SECONDS)) {
          LOG.warn("The start did not end; what it leaves is dealt with at the next one.");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    closeParts();
  }

  private void closeParts() {
    for (AutoCloseable part = parts.poll(); part != null; part = parts.poll()) {
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("While stopping", e);
      }
    }
  }

  private <T extends AutoCloseable> T started(T part) {
    parts.push(part);
    goOn();
    return part;
  }

  private void goOn() {
    if (stopping) {
      throw new IllegalStateException("Stopped while it was starting.");
    }
  }

  private static EmbeddedPostgresSettings serverSettings(StandaloneSettings settings) {
    return EmbeddedPostgresSettings.in(settings.postgres())
        .withPort(PortChoice.preferred(settings.postgresPort()));
  }

  private static AutoCloseable provisioner(StandaloneSettings settings, DatabaseAddress address) {
    Map<String, Object> properties = common(settings, address);
    // Nobody else starts runs here: what an older build made has to fit this one.
    properties.put("tenantry.migrations.runs.bring-up", true);
    return run(
        new SpringApplicationBuilder(ProvisionerConfiguration.class).web(WebApplicationType.NONE),
        properties);
  }

  private static AutoCloseable api(
      StandaloneSettings settings, DatabaseAddress address, Instance instance) {
    Map<String, Object> properties = common(settings, address);
    properties.put("server.port", settings.port());
    properties.put("management.server.port", settings.managementPort());
    properties.put("tenantry.issuer.enabled", true);
    properties.put("tenantry.issuer.uri", instance.api());
    return run(ApiApplication.builder(), properties);
  }

  /**
   * The properties go in as arguments, before every other source: what decides where the database
   * is reads the environment early, and a DATABASE_URL for another program must not be taken.
   */
  private static AutoCloseable run(
      SpringApplicationBuilder application, Map<String, Object> properties) {
    String[] arguments =
        properties.entrySet().stream()
            .map(one -> "--" + one.getKey() + "=" + one.getValue())
            .toArray(String[]::new);
    return application
        // Ours closes the parts in their order; Spring's would close all at once.
        .registerShutdownHook(false)
        .bannerMode(org.springframework.boot.Banner.Mode.OFF)
        .logStartupInfo(false)
        .run(arguments);
  }

  private static Map<String, Object> common(StandaloneSettings settings, DatabaseAddress address) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("tenantry.database.host", address.host());
    properties.put("tenantry.database.port", address.port());
    properties.put("tenantry.database.name", address.database());
    properties.put("tenantry.database.ssl-mode", address.sslMode());
    properties.put("tenantry.credentials.directory", settings.secrets());
    properties.put("spring.jmx.enabled", false);
    return properties;
  }
}
