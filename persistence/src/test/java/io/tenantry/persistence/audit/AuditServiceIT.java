package io.tenantry.persistence.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tenantry.persistence.Serving;
import io.tenantry.persistence.TestPlatform;
import io.tenantry.persistence.fills.FillService;
import io.tenantry.persistence.fills.NewFill;
import io.tenantry.persistence.json.JsonForms;
import io.tenantry.persistence.orders.NewOrder;
import io.tenantry.persistence.orders.Order;
import io.tenantry.persistence.orders.OrderChange;
import io.tenantry.persistence.orders.OrderService;
import io.tenantry.persistence.orders.OrderSide;
import io.tenantry.persistence.orders.OrderType;
import io.tenantry.persistence.paging.Page;
import io.tenantry.persistence.paging.PageKey;
import io.tenantry.persistence.reports.NewReport;
import io.tenantry.persistence.reports.Report;
import io.tenantry.persistence.reports.ReportChange;
import io.tenantry.persistence.reports.ReportService;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.TenantryException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.IllegalTransactionStateException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditServiceIT {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static TestPlatform platform;
  private static TenantId acme;
  private static TenantId globex;
  private static Serving serving;
  private static OrderService orders;
  private static FillService fills;
  private static ReportService reports;
  private static AuditService audit;

  @BeforeAll
  static void start() {
    platform = TestPlatform.install("audit_service");
    acme = platform.tenant("acme");
    globex = platform.tenant("globex");
    serving = Serving.start(platform.address(), platform.credentials(), Map.of());
    orders = serving.bean(OrderService.class);
    fills = serving.bean(FillService.class);
    reports = serving.bean(ReportService.class);
    audit = serving.bean(AuditService.class);
  }

  @AfterAll
  static void stop() {
    serving.close();
  }

  @Test
  void everyWriteToAnOrderIsAnEventOfWhatWasAndWhatIs() {
    Order placed = inAcme(() -> orders.place(order()));
    Order changed =
        inAcme(
            () -> orders.change(placed.id(), 0, new OrderChange(BigDecimal.TEN, null, null, null)));
    Order cancelled = inAcme(() -> orders.cancel(placed.id()));

    List<AuditEvent> events = about(placed.id());
    assertThat(events)
        .extracting(AuditEvent::action)
        .containsExactly("order.cancel", "order.change", "order.place");
    same(events.get(0), changed, cancelled);
    same(events.get(1), placed, changed);
    same(events.get(2), null, placed);
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.subjectType()).isEqualTo("order");
              assertThat(event.actor()).isEqualTo("desk-7");
              assertThat(event.requestId()).isEqualTo("req-1");
              assertThat(event.id().version()).isEqualTo(7);
            });
    assertThat(JSON.readTree(events.get(2).after()).path("quantity").asString()).isEqualTo("5.5");
    assertThat(JSON.readTree(events.get(2).after()).path("placedAt").asString())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
  }

  @Test
  void everyWriteToAReportIsAnEventWithItsWholeText() {
    String body = "ä".repeat(100_000);
    Report filed = inAcme(() -> reports.file(new NewReport("Title", null, body, null, null, null)));
    Report changed =
        inAcme(
            () ->
                reports.change(
                    filed.id(), 0, new ReportChange("Other", null, null, null, null, null)));
    inAcme(
        () -> {
          reports.delete(filed.id(), 1);
          return true;
        });

    List<AuditEvent> events = about(filed.id());
    assertThat(events)
        .extracting(AuditEvent::action)
        .containsExactly("report.delete", "report.change", "report.file");
    same(events.get(0), changed, null);
    same(events.get(1), filed, changed);
    same(events.get(2), null, filed);
    assertThat(JSON.readTree(events.get(0).before()).path("body").asString()).isEqualTo(body);
  }

  @Test
  void newFillsAreOneEventAndKnownOnesAreNone() {
    Order placed = inAcme(() -> orders.place(order()));
    List<NewFill> batch = List.of(fill("audit-1"), fill("audit-2"));
    inAcme(() -> fills.recordAll(placed.id(), batch));
    inAcme(() -> fills.recordAll(placed.id(), batch));
    List<NewFill> grown = List.of(fill("audit-1"), fill("audit-3"));
    inAcme(() -> fills.recordAll(placed.id(), grown));

    List<AuditEvent> events = about(placed.id());
    assertThat(events)
        .extracting(AuditEvent::action)
        .containsExactly("fills.record", "fills.record", "order.place");
    JsonNode before = JSON.readTree(events.get(1).before());
    JsonNode after = JSON.readTree(events.get(1).after());
    assertThat(before.path("order")).isEqualTo(json(placed));
    assertThat(before.path("fills").isEmpty()).isTrue();
    assertThat(after.path("order").path("filledQuantity").asString()).isEqualTo("2");
    assertThat(after.path("fills").size()).isEqualTo(2);
    JsonNode last = JSON.readTree(events.get(0).after());
    assertThat(last.path("fills").size()).isEqualTo(1);
    assertThat(last.path("fills").path(0).path("venueFillId").asString()).isEqualTo("audit-3");
    assertThat(last.path("order")).isEqualTo(json(inAcme(() -> orders.get(placed.id()))));
  }

  @Test
  void whatIsRefusedOrRolledBackLeavesNoEvent() {
    Order placed = inAcme(() -> orders.place(order()));
    int events = all().size();
    assertThat(
            catchThrowable(() -> inAcme(() -> fills.record(placed.id(), fill("audit-4", "100")))))
        .isInstanceOf(TenantryException.class);
    assertThatThrownBy(
            () ->
                serving.write(
                    acme,
                    () -> {
                      orders.cancel(placed.id());
                      reports.file(new NewReport("Title", null, "Body", null, null, null));
                      assertThat(
                              serving
                                  .sql()
                                  .queryForObject(
                                      "select count(*) from tenant__schema.audit_events",
                                      Integer.class))
                          .isGreaterThan(events);
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");
    assertThat(all()).hasSize(events);
    assertThat(inAcme(() -> orders.get(placed.id()))).isEqualTo(placed);
  }

  /** The other way round: what cannot be audited does not happen. */
  @Test
  void whatCannotBeAuditedIsNotDone() throws Exception {
    Order placed = inAcme(() -> orders.place(order()));
    String table = "tenant_" + acme.toString().replace("-", "") + ".audit_events";
    try (AutoCloseable _ =
        platform.asSuperuser(
            List.of("alter table " + table + " add constraint full_up check (false) not valid"),
            List.of("alter table " + table + " drop constraint full_up"))) {
      assertThat(catchThrowable(() -> inAcme(() -> orders.cancel(placed.id())))).isNotNull();
    }
    assertThat(inAcme(() -> orders.get(placed.id()))).isEqualTo(placed);
  }

  @Test
  void anEventIsWrittenInsideOfATransactionAlone() {
    AuditTrail trail = serving.bean(AuditTrail.class);
    assertThatThrownBy(
            () ->
                TenantContext.run(
                    acme,
                    () -> trail.record(AuditAction.ORDER_PLACE, UUID.randomUUID(), null, null)))
        .isInstanceOf(IllegalTransactionStateException.class);
  }

  @Test
  void workThatNobodyAskedForIsThePlatformsAndANameIsKeptAsFarAsItCanBe() {
    Order own = TenantContext.call(acme, () -> orders.place(order()));
    assertThat(about(own.id()))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.actor()).isEqualTo("the platform");
              assertThat(event.requestId()).isNull();
            });
    Order odd =
        TenantContext.call(
            acme, () -> Actor.call(new Actor("a\0b", "r"), () -> orders.place(order())));
    assertThat(about(odd.id())).extracting(AuditEvent::actor).containsExactly("a\uFFFDb");
  }

  @Test
  void eventsAreListedByFilterAndInPages() {
    Order placed = inAcme(() -> orders.place(order()));
    for (int i = 0; i < 5; i++) {
      BigDecimal quantity = BigDecimal.valueOf(10 + i);
      int version = i;
      inAcme(
          () -> orders.change(placed.id(), version, new OrderChange(quantity, null, null, null)));
    }
    AuditFilter filter = new AuditFilter(AuditAction.ORDER_CHANGE, placed.id(), null, null);
    List<AuditEvent> seen = new ArrayList<>();
    @Nullable PageKey after = null;
    do {
      PageKey from = after;
      Page<AuditEvent> page = inAcme(() -> audit.list(filter, 2, from));
      seen.addAll(page.items());
      after = page.next();
    } while (after != null);
    assertThat(seen).hasSize(5).doesNotHaveDuplicates();
    Instant middle = seen.get(2).occurredAt();
    assertThat(
            inAcme(() -> audit.list(new AuditFilter(null, placed.id(), middle, null), 50, null))
                .items())
        .containsExactlyElementsOf(seen.subList(0, 3));
    assertThat(
            inAcme(() -> audit.list(new AuditFilter(null, placed.id(), null, middle), 50, null))
                .items())
        .hasSize(3);
  }

  @Test
  void aTenantSeesItsOwnEventsAlone() {
    Order placed = inAcme(() -> orders.place(order()));
    AuditFilter filter = new AuditFilter(null, placed.id(), null, null);
    assertThat(about(placed.id())).hasSize(1);
    assertThat(TenantContext.call(globex, () -> audit.list(filter, 50, null)).items()).isEmpty();
    String theirs = "tenant_" + acme.toString().replace("-", "") + ".audit_events";
    refused(() -> serving.read(globex, () -> count(theirs)));
    assertThat(serving.read(acme, () -> count("tenant__schema.audit_events"))).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update tenant__schema.audit_events set actor = 'nobody'",
        "update tenant__schema.audit_events set actor = 'nobody' where false",
        "delete from tenant__schema.audit_events",
        "delete from tenant__schema.desk_fills",
        "update tenant__schema.desk_fills set price = 1",
        "select 1 from tenant__schema.audit_events for update"
      })
  void aTenantsOwnSqlChangesNothingThatWasWritten(String sql) {
    inAcme(() -> orders.place(order()));
    refused(
        () ->
            serving.write(
                acme,
                () -> {
                  serving.sql().execute(sql);
                  return true;
                }));
  }

  private static void refused(ThrowingCallable work) {
    assertThat(catchThrowable(work))
        .hasRootCauseInstanceOf(SQLException.class)
        .rootCause()
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
  }

  private static int count(String table) {
    Integer count = serving.sql().queryForObject("select count(*) from " + table, Integer.class);
    return count == null ? 0 : count;
  }

  private static void same(AuditEvent event, @Nullable Object before, @Nullable Object after) {
    assertThat(event.before() == null ? null : JSON.readTree(event.before()))
        .isEqualTo(before == null ? null : json(before));
    assertThat(event.after() == null ? null : JSON.readTree(event.after()))
        .isEqualTo(after == null ? null : json(after));
  }

  private static JsonNode json(Object record) {
    return JSON.readTree(JsonForms.write(record));
  }

  private static List<AuditEvent> about(UUID subject) {
    return inAcme(() -> audit.list(new AuditFilter(null, subject, null, null), 50, null)).items();
  }

  private static List<AuditEvent> all() {
    return inAcme(() -> audit.list(new AuditFilter(null, null, null, null), 200, null)).items();
  }

  private static NewOrder order() {
    return new NewOrder(
        null, "X", OrderSide.BUY, OrderType.MARKET, new BigDecimal("5.50"), null, null, null, null);
  }

  private static NewFill fill(String id) {
    return fill(id, "1");
  }

  private static NewFill fill(String id, String quantity) {
    return new NewFill(
        id, BigDecimal.ONE, new BigDecimal(quantity), null, null, null, Instant.EPOCH);
  }

  private static <T> T inAcme(Supplier<T> work) {
    return TenantContext.call(
        acme, () -> Actor.call(new Actor("desk-7", "req-1"), () -> work.get()));
  }
}
