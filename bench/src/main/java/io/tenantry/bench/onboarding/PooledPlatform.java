package io.tenantry.bench.onboarding;

import com.zaxxer.hikari.HikariDataSource;
import io.tenantry.bench.BenchPlatform;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.provisioning.PreparedPool;
import io.tenantry.migrations.provisioning.Provisioner;
import io.tenantry.migrations.provisioning.StepPool;
import io.tenantry.tenancy.capability.CapabilitySigner;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A platform with the pools that the executables have. */
final class PooledPlatform implements AutoCloseable {

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final int STEPS = 3;

  private final BenchPlatform platform;
  private final HikariDataSource control;
  private final HikariDataSource serving;
  private final HikariDataSource ddl;
  private final HikariDataSource proof;

  PooledPlatform() throws IOException {
    this.platform = new BenchPlatform("onboarding_bench");
    this.control = platform.pool(Duty.CONTROL);
    this.serving = platform.pool(Duty.APP);
    this.ddl = StepPool.of("ddl", as(Duty.MIGRATE), STEPS);
    this.proof = StepPool.of("proof", as(Duty.APP), STEPS);
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
    return new Provisioner(control, ddl, proof, signer(), LEASE);
  }

  PreparedPool prepared(int size) {
    return new PreparedPool(control, ddl, proof, signer(), size, LEASE);
  }

  @Override
  public void close() {
    proof.close();
    ddl.close();
    serving.close();
    control.close();
  }
}
