package io.tenantry.persistence.connection;

import io.tenantry.persistence.Serving;
import io.tenantry.persistence.audit.AuditEvent;
import io.tenantry.persistence.audit.AuditFilter;
import io.tenantry.persistence.audit.AuditService;
import io.tenantry.persistence.fills.Fill;
import io.tenantry.persistence.fills.FillService;
import io.tenantry.persistence.fills.NewFill;
import io.tenantry.persistence.orders.NewOrder;
import io.tenantry.persistence.orders.Order;
import io.tenantry.persistence.orders.OrderFilter;
import io.tenantry.persistence.orders.OrderService;
import io.tenantry.persistence.orders.OrderSide;
import io.tenantry.persistence.orders.OrderType;
import io.tenantry.persistence.reports.NewReport;
import io.tenantry.persistence.reports.Report;
import io.tenantry.persistence.reports.ReportChange;
import io.tenantry.persistence.reports.ReportService;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;

/** One request of a tenant after another, as the services serve them and by plain SQL. */
final class SoakWork {

  private static final int PAGE = 20;

  private final Serving serving;
  private final OrderService orders;
  private final FillService fills;
  private final ReportService reports;
  private final AuditService audit;
  private final SoakFigures figures;

  SoakWork(Serving serving, SoakFigures figures) {
    this.serving = serving;
    this.orders = serving.bean(OrderService.class);
    this.fills = serving.bean(FillService.class);
    this.reports = serving.bean(ReportService.class);
    this.audit = serving.bean(AuditService.class);
    this.figures = figures;
  }

  static NewOrder order(String mark, String clientOrderId) {
    return new NewOrder(
        clientOrderId,
        mark,
        OrderSide.BUY,
        OrderType.MARKET,
        BigDecimal.TEN,
        null,
        null,
        null,
        mark);
  }

  static NewReport report(String mark) {
    return new NewReport("of " + mark, mark, "body of " + mark, mark, mark, null);
  }

  /**
   * Any one request.
   *
   * @param other whose rows it tries to get at now and then
   */
  void any(SoakTenant tenant, SoakTenant other, Random random) {
    switch (random.nextInt(10)) {
      case 0 -> placeAndFill(tenant);
      case 1 ->
          in(tenant, () -> orders.list(ANY_ORDER, PAGE, null).items().forEach(o -> row(tenant, o)));
      case 2 -> in(tenant, () -> row(tenant, orders.get(tenant.order())));
      case 3 -> fileChangeAndDelete(tenant);
      case 4 -> listReports(tenant);
      case 5 ->
          in(tenant, () -> audit.list(ANY_EVENT, PAGE, null).items().forEach(e -> row(tenant, e)));
      case 6 -> readAll(tenant);
      case 7 -> foreignRead(tenant, other);
      case 8 -> foreignWrite(tenant, other);
      default ->
          in(
              tenant,
              () -> fills.list(tenant.order(), PAGE, null).items().forEach(f -> row(tenant, f)));
    }
  }

  void listReports(SoakTenant tenant) {
    in(tenant, () -> reports.list(PAGE, null).items().forEach(report -> row(tenant, report)));
  }

  private void placeAndFill(SoakTenant tenant) {
    in(
        tenant,
        () -> {
          String id = tenant.mark() + "-" + UUID.randomUUID();
          Order placed = orders.place(order(tenant.mark(), id));
          row(tenant, placed);
          NewFill fill =
              new NewFill(id, BigDecimal.ONE, BigDecimal.ONE, null, null, null, Instant.now());
          fills.record(placed.id(), fill).fills().forEach(one -> row(tenant, one));
        });
  }

  private void fileChangeAndDelete(SoakTenant tenant) {
    in(
        tenant,
        () -> {
          Report filed = reports.file(report(tenant.mark()));
          row(tenant, filed);
          Report changed =
              reports.change(
                  filed.id(),
                  filed.version(),
                  new ReportChange("again of " + tenant.mark(), null, null, null, null, null));
          row(tenant, changed);
          reports.delete(changed.id(), changed.version());
        });
  }

  /** Without a condition: what the database itself lets the tenant see. */
  void readAll(SoakTenant tenant) {
    serving.read(
        tenant.id(),
        () -> {
          serving
              .sql()
              .query(
                  "select tenant_id::text, title from tenantry_api.research_reports limit 50",
                  row -> {
                    figures.row(tenant, row.getString(2));
                    demandOwn(tenant, row.getString(1));
                  });
          serving
              .sql()
              .query(
                  "select tenant_id::text, symbol from tenant__schema.desk_orders limit 50",
                  row -> {
                    figures.row(tenant, row.getString(2));
                    demandOwn(tenant, row.getString(1));
                  });
          return "read";
        });
  }

  private void demandOwn(SoakTenant tenant, String id) {
    if (!id.equals(tenant.id().value().toString())) {
      figures.foreign("read by " + tenant.mark() + ": tenant_id " + id);
    }
  }

  private void foreignRead(SoakTenant tenant, SoakTenant other) {
    in(
        tenant,
        () -> {
          try {
            row(tenant, orders.get(other.order()));
            figures.foreign("order of " + other.mark());
          } catch (TenantryException e) {
            demand(ErrorCode.NOT_FOUND, e);
          }
        });
  }

  private void foreignWrite(SoakTenant tenant, SoakTenant other) {
    int changed =
        serving.write(
            tenant.id(),
            () ->
                serving
                    .sql()
                    .update(
                        "update tenantry_api.research_reports set summary = ? where id = ?",
                        tenant.mark(),
                        other.report()));
    if (changed != 0) {
      figures.foreign("report of " + other.mark() + " changed");
    }
  }

  /** An order whose id is taken: a key is violated in the middle of a transaction. */
  void violateKey(SoakTenant tenant) {
    in(
        tenant,
        () -> {
          try {
            orders.place(order(tenant.mark(), tenant.mark()));
            figures.unexpected("a second order of one clientOrderId");
          } catch (TenantryException e) {
            demand(ErrorCode.CLIENT_ORDER_ID_DUPLICATE, e);
          }
        });
  }

  /** A row for another tenant: the policy is violated. */
  void violatePolicy(SoakTenant tenant, SoakTenant other) {
    try {
      serving.write(tenant.id(), () -> insertReport(other.id(), "of " + tenant.mark()));
      figures.foreign("a report was put among those of " + other.mark());
    } catch (RuntimeException e) {
      if (!"42501".equals(sqlState(e)) || e instanceof DataIntegrityViolationException) {
        throw e;
      }
    }
  }

  /** Writes, and gives up before the commit. */
  void writeAndThrow(SoakTenant tenant) {
    try {
      serving.write(
          tenant.id(),
          () -> {
            insertReport(tenant.id(), "doomed " + tenant.mark());
            throw new GivenUp();
          });
    } catch (GivenUp e) {
      figures.failed("given up");
    }
  }

  /** A statement that ends by its timeout, or a cancellation, and by nothing else. */
  void slow(SoakTenant tenant) {
    serving.read(
        tenant.id(),
        () ->
            serving
                .sql()
                .queryForObject("select count(*) from generate_series(1, 2000000000)", Long.class));
  }

  // Not those of Fixture: it installs a platform when it is first touched, and threads that wait
  // for the making of a class hold up all other virtual threads.

  private int insertReport(TenantId tenant, String title) {
    return serving
        .sql()
        .update(
            "insert into tenantry_api.research_reports (tenant_id, id, title, body)"
                + " values (?, ?, ?, 'body of ' || ?)",
            tenant.value(),
            UUID.randomUUID(),
            title,
            title);
  }

  /** The SQLSTATE of the innermost SQL exception, "none" when there is none. */
  static String sqlState(Throwable failure) {
    String state = "none";
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql && sql.getSQLState() != null) {
        state = sql.getSQLState();
      }
    }
    return state;
  }

  private static void demand(ErrorCode code, TenantryException e) {
    if (e.code() != code) {
      throw e;
    }
  }

  private static void in(SoakTenant tenant, Runnable work) {
    TenantContext.run(tenant.id(), work);
  }

  private void row(SoakTenant tenant, Order order) {
    figures.row(tenant, order.symbol(), String.valueOf(order.strategy()));
  }

  private void row(SoakTenant tenant, Fill fill) {
    figures.row(tenant, fill.venueFillId());
  }

  private void row(SoakTenant tenant, Report report) {
    figures.row(tenant, report.title(), report.body(), String.valueOf(report.summary()));
  }

  private void row(SoakTenant tenant, AuditEvent event) {
    figures.row(tenant, event.before() + " " + event.after());
  }

  private static final OrderFilter ANY_ORDER = new OrderFilter(null, null, null, null);
  private static final AuditFilter ANY_EVENT = new AuditFilter(null, null, null, null);

  /** What a caller's own bug throws. */
  static final class GivenUp extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
