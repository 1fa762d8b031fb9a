package io.tenantry.persistence.connection;

import io.tenantry.persistence.Serving;
import io.tenantry.persistence.TestPlatform;
import io.tenantry.persistence.orders.OrderService;
import io.tenantry.persistence.reports.ReportService;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import io.tenantry.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** A platform with many tenants, and what its superuser sees of their rows. */
final class SoakPlatform {

  static final String DATABASE = "soak";

  /** Making a tenant waits more than it works. */
  private static final int MAKERS = 4;

  final TestPlatform platform = TestPlatform.install(DATABASE);
  private final List<TenantId> ids;

  SoakPlatform(int tenants) throws Exception {
    try (ExecutorService makers = Executors.newFixedThreadPool(MAKERS);
        AutoCloseable _ = platform.asSuperuser(SessionLook.FUNCTION, List.of())) {
      List<Future<TenantId>> made =
          IntStream.range(0, tenants)
              .mapToObj(i -> makers.submit(() -> platform.tenant(SoakTenant.mark(i))))
              .toList();
      List<TenantId> all = new ArrayList<>();
      for (Future<TenantId> one : made) {
        all.add(one.get());
      }
      ids = List.copyOf(all);
    }
  }

  /** Gives every tenant its first rows. */
  List<SoakTenant> plant(Serving serving) {
    List<SoakTenant> tenants = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      String mark = SoakTenant.mark(i);
      TenantId id = ids.get(i);
      tenants.add(
          TenantContext.call(
              id,
              () ->
                  new SoakTenant(
                      id,
                      mark,
                      serving.bean(OrderService.class).place(SoakWork.order(mark, mark)).id(),
                      serving.bean(ReportService.class).file(SoakWork.report(mark)).id())));
    }
    return tenants;
  }

  /** How many rows lie with {@code tenant} and are not its own, whoever may see them. */
  int strays(SoakTenant tenant) throws SQLException {
    return count(
            "select count(*) from tenantry_api.research_reports where tenant_id = ?"
                + " and position(? in title) = 0",
            tenant)
        + count(
            "select count(*) from "
                + TenantNames.schema(tenant.id())
                + ".desk_orders where tenant_id <> ? or position(? in symbol) = 0",
            tenant);
  }

  /** How many rows there are of transactions that were given up. */
  int doomed(SoakTenant tenant) throws SQLException {
    return count(
        "select count(*) from tenantry_api.research_reports where tenant_id = ?"
            + " and title = 'doomed ' || ?",
        tenant);
  }

  private static int count(String sql, SoakTenant tenant) throws SQLException {
    try (Connection superuser = TestPostgres.shared().connectAsSuperuser(DATABASE);
        PreparedStatement statement = superuser.prepareStatement(sql)) {
      statement.setObject(1, tenant.id().value());
      statement.setString(2, tenant.mark());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }
}
