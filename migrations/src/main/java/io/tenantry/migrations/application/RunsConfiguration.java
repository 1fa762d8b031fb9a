package io.tenantry.migrations.application;

import com.zaxxer.hikari.HikariDataSource;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.drift.DriftCheck;
import io.tenantry.migrations.drift.DriftLoop;
import io.tenantry.migrations.drift.GoldenSchemas;
import io.tenantry.migrations.drift.WaveProof;
import io.tenantry.migrations.fanout.FanOut;
import io.tenantry.migrations.fanout.FanOutLoop;
import io.tenantry.migrations.fanout.FanOutSettings;
import io.tenantry.migrations.plan.PlanCompiler;
import io.tenantry.tenancy.capability.CapabilitySigner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** What the provisioner does to all schemas: runs, and the look for drift. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({FanOutSettings.class, DriftSettings.class})
class RunsConfiguration {

  @Bean(initMethod = "start")
  @DependsOn("provisioner") // It runs the platform's changelog.
  FanOutLoop fanOutLoop(
      Logins logins,
      HikariDataSource controlPool,
      CapabilitySigner signer,
      DriftCheck driftCheck,
      FanOutSettings settings) {
    FanOut fanOut =
        new FanOut(
            controlPool,
            logins.as(Duty.MIGRATE),
            signer,
            PlanCompiler::tenantTree,
            settings,
            new WaveProof(driftCheck));
    return new FanOutLoop(fanOut, settings);
  }

  /** On connections of its own: backends that have looked at many schemas are large. */
  @Bean
  DriftCheck driftCheck(Logins logins, CapabilitySigner signer, DriftSettings settings) {
    return new DriftCheck(
        logins.as(Duty.CONTROL),
        new GoldenSchemas(logins.as(Duty.MIGRATE), signer),
        () -> PlanCompiler.tenantTree().plan(),
        settings.quarantineDrifted());
  }

  @Bean(initMethod = "start")
  @DependsOn("provisioner") // It runs the platform's changelog.
  DriftLoop driftLoop(DriftCheck driftCheck, DriftSettings settings) {
    return new DriftLoop(driftCheck, settings.driftInterval());
  }
}
