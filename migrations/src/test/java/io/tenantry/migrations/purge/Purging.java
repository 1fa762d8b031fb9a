package io.tenantry.migrations.purge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenantry.control.ApiClientStore;
import io.tenantry.control.By;
import io.tenantry.control.FencedTransaction;
import io.tenantry.control.Operation;
import io.tenantry.control.OperationState;
import io.tenantry.control.OperationStore;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantLifecycle;
import io.tenantry.control.TenantPurges;
import io.tenantry.control.TenantSpec;
import io.tenantry.control.TenantStore;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.migrations.provisioning.Provisioner;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantState;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

/** Tenants that have something, on their way to being purged. */
final class Purging {

  static final By TEST = By.worker("test");

  final TestPlatform platform;
  final DutyDataSource control;
  final OperationStore operations;
  final TenantStore tenants;
  final TenantPurges purges;
  final Provisioner provisioner;

  Purging(String database) {
    this(
        database,
        platform ->
            PlatformSetup.provisioner(platform.address(), platform.credentials(), Duration.ZERO));
  }

  Purging(String database, Function<TestPlatform, Provisioner> provisioner) {
    this.platform = TestPlatform.installed(database);
    this.control = platform.as(Duty.CONTROL);
    this.operations = new OperationStore(control);
    this.tenants = new TenantStore(control);
    this.purges = new TenantPurges(control);
    this.provisioner = provisioner.apply(platform);
  }

  /** With rows of its own, shared ones, and a client. */
  Tenant full(String name) {
    Tenant tenant = platform.provisioner().provisionNow(name, "Name of " + name);
    TenantId id = tenant.id();
    new FencedTransaction(
            platform.as(Duty.APP), platform.signer(), Duration.ofSeconds(10), Duration.ofSeconds(2))
        .asTenant(
            id,
            "writing",
            connection -> {
              try (Statement statement = connection.createStatement()) {
                for (int i = 0; i < 3; i++) {
                  statement.execute(
                      "insert into %s.desk_orders (tenant_id, id, symbol, side, order_type, quantity) values ('%s', gen_random_uuid(), 'SYM', 'BUY', 'MARKET', 1)"
                          .formatted(TenantNames.schema(id), id));
                }
                for (int i = 0; i < 2; i++) {
                  statement.execute(report(id));
                }
                return true;
              }
            });
    new ApiClientStore(control).insertIfAbsent(name + "-client", id, "hash", Set.of("tenant:read"));
    return tenant;
  }

  /** A row in a shared table. */
  static String report(TenantId id) {
    return "insert into tenantry_api.research_reports (tenant_id, id, title, body) values ('%s', gen_random_uuid(), 'Title', 'Body')"
        .formatted(id);
  }

  /** Deleted, and its retention is over. */
  Tenant retained(String name) {
    return retired(full(name), provisioner);
  }

  Tenant retired(Tenant tenant, Provisioner by) {
    tenants.put(
        new TenantSpec(tenant.slug(), null, null, null, null, null, false, 0), null, false, TEST);
    ended(by, new TenantLifecycle(control).delete(tenant.slug(), null, TEST).operation());
    Tenant retained = tenants.findById(tenant.id()).orElseThrow();
    assertThat(retained.state()).isEqualTo(TenantState.RETAINED);
    return retained;
  }

  Operation purge(Tenant tenant) {
    return purges.purge(tenant.slug(), TEST).operation();
  }

  Operation failed(Operation operation) {
    Operation finished = finished(provisioner, operation);
    assertThat(finished.state()).isEqualTo(OperationState.FAILED);
    return finished;
  }

  void ended(Operation operation) {
    ended(provisioner, operation);
  }

  private void ended(Provisioner by, Operation operation) {
    Operation finished = finished(by, operation);
    assertThat(finished.state())
        .as("%s", finished.errorDetail())
        .isEqualTo(OperationState.SUCCEEDED);
  }

  private Operation finished(Provisioner by, Operation operation) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              by.runNext();
              return operations.find(operation.id()).orElseThrow().state().finished();
            });
    return operations.find(operation.id()).orElseThrow();
  }

  void superuser(String sql) throws SQLException {
    try (Connection superuser = platform.superuser()) {
      TestPlatform.execute(superuser, sql);
    }
  }
}
