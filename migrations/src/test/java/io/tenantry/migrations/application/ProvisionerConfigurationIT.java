package io.tenantry.migrations.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tenantry.control.By;
import io.tenantry.control.PreparedTenants;
import io.tenantry.control.TenantSpec;
import io.tenantry.control.TenantStore;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.ConfigurableApplicationContext;

class ProvisionerConfigurationIT {

  @Test
  void theContextCarriesOutWhatIsInTheQueue() {
    TestPlatform platform = TestPlatform.installed("application");
    TenantStore tenants = new TenantStore(platform.as(Duty.CONTROL));
    TenantSlug slug = new TenantSlug("queued");
    tenants.put(TenantSpec.of(slug, "Queued"), null, false, By.worker("test"));
    try (ConfigurableApplicationContext context = started(platform)) {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> tenants.findBySlug(slug).orElseThrow().state() == TenantState.ACTIVE);
      assertThat(context.isActive()).isTrue();
      PreparedTenants prepared = new PreparedTenants(platform.as(Duty.CONTROL));
      await().atMost(Duration.ofMinutes(1)).until(() -> prepared.count() == 2);
    }
  }

  @Test
  void whatHasDriftedIsFoundByTheRunningProvisioner() throws SQLException {
    TestPlatform platform = TestPlatform.installed("driftloop");
    TenantStore tenants = new TenantStore(platform.as(Duty.CONTROL));
    TenantId acme = platform.provisioner().provisionNow("acme", "Acme").id();
    try (Connection superuser = platform.superuser()) {
      TestPlatform.execute(
          superuser, "alter table " + TenantNames.schema(acme) + ".desk_orders add note text");
    }
    try (ConfigurableApplicationContext _ = started(platform)) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> tenants.findById(acme).orElseThrow().quarantined());
    }
  }

  @Test
  void everySettingHasItsDefault() {
    assertThat(bind("tenantry.provisioner", ProvisionerSettings.class, Map.of()))
        .isEqualTo(
            new ProvisionerSettings(Duration.ofMillis(500), Duration.ofSeconds(30), 2, 3, false));
  }

  @Test
  void everySettingIsMapped() {
    assertThat(
            bind(
                "tenantry.provisioner",
                ProvisionerSettings.class,
                Map.of(
                    "tenantry.provisioner.poll-interval", "1s",
                    "tenantry.provisioner.lease", "1m",
                    "tenantry.provisioner.workers", "4",
                    "tenantry.provisioner.prepared", "20",
                    "tenantry.provisioner.migrate-on-start", "true")))
        .isEqualTo(
            new ProvisionerSettings(Duration.ofSeconds(1), Duration.ofMinutes(1), 4, 20, true));
  }

  @Test
  void aSettingThatCannotWorkIsRefusedByName() {
    assertThatThrownBy(
            () ->
                bind(
                    "tenantry.provisioner",
                    ProvisionerSettings.class,
                    Map.of("tenantry.provisioner.lease", "1s")))
        .hasRootCauseMessage("tenantry.provisioner.lease is PT1S; it has to be at least PT3S.");
  }

  @Test
  void aNumberThatIsTooHighIsRefusedByName() {
    assertThatThrownBy(
            () ->
                bind(
                    "tenantry.provisioner",
                    ProvisionerSettings.class,
                    Map.of("tenantry.provisioner.prepared", "1001")))
        .hasRootCauseMessage("tenantry.provisioner.prepared is 1001; it has to be 0 to 1000.");
    assertThatThrownBy(
            () ->
                bind(
                    "tenantry.provisioner",
                    ProvisionerSettings.class,
                    Map.of("tenantry.provisioner.workers", "0")))
        .hasRootCauseMessage("tenantry.provisioner.workers is 0; it has to be 1 to 16.");
  }

  @Test
  void whatIsDoneAboutDriftHasDefaultsIsMappedAndTakesNoShorterInterval() {
    String prefix = "tenantry.migrations";
    assertThat(bind(prefix, DriftSettings.class, Map.of()))
        .isEqualTo(new DriftSettings(true, Duration.ofHours(1)));
    assertThat(
            bind(
                prefix,
                DriftSettings.class,
                Map.of(prefix + ".quarantine-drifted", "false", prefix + ".drift-interval", "5m")))
        .isEqualTo(new DriftSettings(false, Duration.ofMinutes(5)));
    assertThatThrownBy(
            () -> bind(prefix, DriftSettings.class, Map.of(prefix + ".drift-interval", "59s")))
        .hasRootCauseMessage(
            "tenantry.migrations.drift-interval is PT59S; it has to be at least PT1M.");
  }

  private static ConfigurableApplicationContext started(TestPlatform platform) {
    return new SpringApplicationBuilder(ProvisionerConfiguration.class)
        .web(WebApplicationType.NONE)
        .properties(
            Map.of(
                "tenantry.database.host", platform.address().host(),
                "tenantry.database.port", platform.address().port(),
                "tenantry.database.name", platform.address().database(),
                "tenantry.credentials.directory", TestPlatform.secrets().toString(),
                "tenantry.provisioner.migrate-on-start", true,
                "tenantry.provisioner.prepared", "2",
                "tenantry.provisioner.poll-interval", "20ms"))
        .run();
  }

  private static <T> T bind(String prefix, Class<T> type, Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate(prefix, type);
  }
}
