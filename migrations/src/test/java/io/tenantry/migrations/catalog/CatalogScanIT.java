package io.tenantry.migrations.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.catalog.CatalogLinter;
import io.tenantry.control.catalog.CatalogScan;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.finding.Finding;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A look sees the catalog as it was at one moment. */
class CatalogScanIT {

  private static final String DROPPED =
      "create table <acme>.dropped (tenant_id uuid not null);"
          + " alter table <acme>.dropped owner to tenantry_owner;"
          + " alter table <acme>.dropped enable row level security;"
          + " alter table <acme>.dropped force row level security;"
          + " create policy tenant_isolation on <acme>.dropped"
          + " using (tenant_id = (select tenantry_guard.current_tenant()))"
          + " with check (tenant_id = (select tenantry_guard.current_tenant()));"
          + " grant select on <acme>.dropped to app_<acme>";

  @Test
  void aTableThatIsDroppedMeanwhileIsNoFinding() throws SQLException {
    Linted.asSuperuser(DROPPED);
    try (Connection connection = Linted.PLATFORM.as(Duty.CONTROL).getConnection()) {
      connection.setAutoCommit(false);
      TestPlatform.execute(connection, "set transaction isolation level repeatable read");
      String seen =
          Linted.named("select count(*) from pg_class where oid = '<acme>.dropped'::regclass");
      try (Connection superuser = Linted.PLATFORM.superuser()) {
        assertThat(TestPlatform.rows(superuser, seen)).containsExactly("1");
      }
      assertThat(TestPlatform.rows(connection, "select count(*) > 0 from pg_class"))
          .containsExactly("t");
      Linted.asSuperuser("drop table <acme>.dropped");
      assertThat(CatalogLinter.full(connection)).filteredOn(Finding::unsafe).isEmpty();
      connection.rollback();
    }
  }

  @Test
  void aScanIsOneViewThatChangesNothing() {
    List<String> levels = new ArrayList<>();
    CatalogScan scan = new CatalogScan(telling(levels, Linted.PLATFORM.as(Duty.CONTROL)));
    assertThat(scan.quick()).filteredOn(Finding::unsafe).isEmpty();
    assertThat(scan.full(Duration.ofMinutes(1))).filteredOn(Finding::unsafe).isEmpty();
    assertThat(levels).containsExactly("repeatable read|on", "repeatable read|on");
  }

  /** The real connections, which are asked what their transaction is before it ends. */
  private static DataSource telling(List<String> levels, DataSource source) {
    return (DataSource)
        Proxy.newProxyInstance(
            CatalogScanIT.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (_, _, _) -> {
              Connection real = source.getConnection();
              return Proxy.newProxyInstance(
                  CatalogScanIT.class.getClassLoader(),
                  new Class<?>[] {Connection.class},
                  (_, method, arguments) -> {
                    if (method.getName().equals("rollback")) {
                      levels.addAll(
                          TestPlatform.rows(
                              real,
                              "select current_setting('transaction_isolation'),"
                                  + " current_setting('transaction_read_only')"));
                    }
                    try {
                      return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  });
            });
  }
}
