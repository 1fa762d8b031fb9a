package io.tenantry.bench.fanout;

import com.zaxxer.hikari.HikariDataSource;
import io.tenantry.bench.BenchPlatform;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.changelog.TenantMigration;
import io.tenantry.migrations.plan.CompiledTree;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.tenancy.names.TenantNames;
import io.tenantry.testkit.TestPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A platform, and tenants whose schemas are real and who are nobody's. */
final class BenchTenants {

  private static final int BATCH = 100;
  private static final int THREADS = 2;

  private final BenchPlatform platform;

  BenchTenants() throws IOException {
    this("tenantry_fanout");
  }

  BenchTenants(String database) throws IOException {
    this.platform = new BenchPlatform(database);
  }

  DutyDataSource as(Duty duty) {
    return platform.as(duty);
  }

  CapabilitySigner signer() {
    return platform.signer();
  }

  HikariDataSource pool(Duty duty) {
    return platform.pool(duty);
  }

  TestPostgres postgres() {
    return platform.postgres();
  }

  String database() {
    return platform.database();
  }

  Connection superuser() throws SQLException {
    return platform.superuser();
  }

  /** Roles and schemas, each with the tables of that tree and a row in the registry. */
  List<TenantId> make(int count, CompiledTree tree) throws SQLException, InterruptedException {
    List<TenantId> tenants = new ArrayList<>();
    try (Connection superuser = superuser();
        Statement statement = superuser.createStatement()) {
      for (int i = 0; i < count; i++) {
        TenantId tenant = new TenantId(UUID.randomUUID());
        tenants.add(tenant);
        statement.addBatch("create role " + TenantNames.role(tenant) + " nologin inherit");
        statement.addBatch(
            "create schema " + TenantNames.schema(tenant) + " authorization tenantry_owner");
        if (i % BATCH == BATCH - 1) {
          statement.executeBatch();
        }
      }
      statement.executeBatch();
    }
    Queue<TenantId> waiting = new ConcurrentLinkedQueue<>(tenants);
    AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    TenantMigration migration =
                        new TenantMigration(as(Duty.MIGRATE), signer(), tree);
                    try {
                      for (TenantId next = waiting.poll(); next != null; next = waiting.poll()) {
                        migration.create(next);
                      }
                    } catch (RuntimeException e) {
                      failure.set(e);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    RuntimeException met = failure.get();
    if (met != null) {
      throw met;
    }
    return tenants;
  }

  /** So that the next figures do not pay for what made the tenants. */
  void settle() throws SQLException {
    try (Connection superuser = superuser();
        Statement statement = superuser.createStatement()) {
      statement.execute("vacuum analyze pg_catalog.pg_class");
      statement.execute("vacuum analyze tenantry_control.tenant_schemas");
      statement.execute("checkpoint");
    }
  }
}
