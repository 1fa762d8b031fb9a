package io.tenantry.bench.onboarding;

import com.zaxxer.hikari.HikariDataSource;
import io.tenantry.bench.BenchPlatform;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.provisioning.PreparedPool;
import io.tenantry.migrations.provisioning.Provisioner;
import io.tenantry.tenancy.capability.CapabilitySigner;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A platform with the pools that the executables have. */
final class PooledPlatform implements AutoCloseable {

  private static final Duration LEASE = Duration.ofSeconds(30);
  private final BenchPlatform platform;
  private final HikariDataSource control;
  private final HikariDataSource serving;

  PooledPlatform() throws IOException {
    this.platform = new BenchPlatform("onboarding_bench");
    this.control = platform.pool(Duty.CONTROL);
    this.serving = platform.pool(Duty.APP);
  }

  DutyDataSource as(Duty duty) {
    return platform.as(duty);
  }

  HikariDataSource control() {
    return control;
  }

  HikariDataSource serving() {
    return serving;
  }

  String server() {
    return platform.postgres().toString();
  }

  Connection superuser() throws SQLException {
    return platform.superuser();
  }

  CapabilitySigner signer() {
    return platform.signer();
  }

  Provisioner provisioner() {
    return new Provisioner(control, as(Duty.MIGRATE), as(Duty.APP), signer(), LEASE);
  }

  PreparedPool prepared(int size) {
    return new PreparedPool(control, as(Duty.MIGRATE), as(Duty.APP), signer(), size, LEASE);
  }

  @Override
  public void close() {
    serving.close();
    control.close();
  }
}
