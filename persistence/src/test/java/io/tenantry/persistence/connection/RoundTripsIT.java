package io.tenantry.persistence.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.persistence.Serving;
import io.tenantry.persistence.TestPlatform;
import io.tenantry.persistence.audit.AuditFilter;
import io.tenantry.persistence.audit.AuditService;
import io.tenantry.persistence.fills.FillService;
import io.tenantry.persistence.fills.Liquidity;
import io.tenantry.persistence.fills.NewFill;
import io.tenantry.persistence.idempotency.IdempotentRequests;
import io.tenantry.persistence.orders.NewOrder;
import io.tenantry.persistence.orders.Order;
import io.tenantry.persistence.orders.OrderChange;
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
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.idempotency.OnceWork;
import io.tenantry.tenancy.idempotency.RequestKey;
import io.tenantry.tenancy.idempotency.StoredAnswer;
import io.tenantry.testkit.ProtocolProxy;
import io.tenantry.testkit.Traffic;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What each use case costs at the database, counted on the wire. The checkout is one round trip and
 * carries the BEGIN; COMMIT is one; between them stands the work itself.
 */
class RoundTripsIT {

  private static final OrderFilter ANY = new OrderFilter(null, null, null, null);

  private static ProtocolProxy proxy;
  private static Serving serving;
  private static TenantId acme;
  private static OrderService orders;
  private static ReportService reports;
  private static FillService fills;
  private static AuditService audit;

  @BeforeAll
  static void start() {
    TestPlatform platform = TestPlatform.install("round_trips");
    acme = platform.tenant("acme");
    DatabaseAddress real = platform.address();
    proxy = ProtocolProxy.open(real.host(), real.port());
    serving =
        Serving.start(
            new DatabaseAddress(proxy.host(), proxy.port(), real.database(), "disable"),
            platform.credentials(),
            Map.of("tenantry.pool.size", "1"));
    orders = serving.bean(OrderService.class);
    reports = serving.bean(ReportService.class);
    fills = serving.bean(FillService.class);
    audit = serving.bean(AuditService.class);
    inAcme(() -> orders.list(ANY, 1, null));
  }

  @AfterAll
  static void stop() {
    serving.close();
    proxy.close();
  }

  @Test
  void anEmptyTransactionCostsNothing() {
    TransactionTemplate transaction =
        new TransactionTemplate(serving.bean(PlatformTransactionManager.class));
    assertThat(cost(() -> transaction.execute(status -> "nothing"))).isZero();
    transaction.setReadOnly(true);
    assertThat(cost(() -> transaction.execute(status -> "nothing"))).isZero();
  }

  @Test
  void readingCostsTheCheckoutTheQueryAndTheCommit() {
    Order order = inAcme(() -> orders.place(order()));
    Report report = inAcme(() -> reports.file(report()));
    assertThat(cost(() -> orders.get(order.id()))).isEqualTo(3);
    assertThat(cost(() -> orders.list(ANY, 50, null))).isEqualTo(3);
    assertThat(cost(() -> reports.get(report.id()))).isEqualTo(3);
    assertThat(cost(() -> reports.list(50, null))).isEqualTo(3);
  }

  @Test
  void insertingCostsTheCheckoutTheInsertItsAuditAndTheCommit() {
    assertThat(cost(() -> orders.place(order()))).isEqualTo(4);
    assertThat(cost(() -> reports.file(report()))).isEqualTo(4);
  }

  /** Checkout, lock, insert, the order's sums, audit, commit: for one fill as for 500. */
  @Test
  void recordingFillsCostsTheSameForAnyNumberOfThem() {
    UUID order = inAcme(() -> orders.place(order(new BigDecimal(1_000)))).id();
    assertThat(cost(() -> fills.recordAll(order, batch(0, 1)))).isEqualTo(6);
    assertThat(cost(() -> fills.recordAll(order, batch(1, 500)))).isEqualTo(6);
  }

  /** What is known is read, and nothing is written. */
  @Test
  void fillsThatAreKnownCostARoundTripMoreOrWriteNothing() {
    UUID order = inAcme(() -> orders.place(order(new BigDecimal(1_000)))).id();
    inAcme(() -> fills.recordAll(order, batch(1_000, 400)));
    assertThat(cost(() -> fills.recordAll(order, batch(1_000, 400)))).isEqualTo(5);
    assertThat(cost(() -> fills.recordAll(order, batch(1_000, 500)))).isEqualTo(7);
    assertThat(cost(() -> fills.list(order, 200, null))).isEqualTo(3);
    assertThat(cost(() -> audit.list(new AuditFilter(null, order, null, null), 50, null)))
        .isEqualTo(3);
  }

  @Test
  void changingCostsARoundTripMoreThanInserting() {
    UUID order = inAcme(() -> orders.place(order())).id();
    UUID report = inAcme(() -> reports.file(report())).id();
    OrderChange two = new OrderChange(BigDecimal.TWO, null, null, null);
    ReportChange title = new ReportChange("Another", null, null, null, null, null);
    assertThat(cost(() -> orders.change(order, 0, two))).isEqualTo(5);
    assertThat(cost(() -> orders.cancel(order))).isEqualTo(5);
    assertThat(cost(() -> reports.change(report, 0, title))).isEqualTo(5);
    assertThat(
            cost(
                () -> {
                  reports.delete(report, 1);
                  return "deleted";
                }))
        .isEqualTo(5);
  }

  /** The key before the work, its answer after it; a replay reads what the key stands for. */
  @Test
  void aKeyCostsTwoRoundTripsAndAReplayFour() {
    IdempotentRequests requests = serving.bean(IdempotentRequests.class);
    OnceWork placing =
        new OnceWork() {
          @Override
          public Made run() {
            StoredAnswer answer = new StoredAnswer(201, "", orders.place(order()).id().toString());
            return new Made(answer, answer);
          }

          @Override
          public StoredAnswer refusal(TenantryException refusal) {
            throw refusal;
          }
        };
    RequestKey first = new RequestKey("first", "0".repeat(64));
    inAcme(() -> requests.once(new RequestKey("warm", "0".repeat(64)), placing));
    assertThat(cost(() -> requests.once(first, placing))).isEqualTo(6);
    assertThat(cost(() -> requests.once(first, placing))).isEqualTo(4);
  }

  @Test
  void theCheckoutIsOneRequestAndCarriesTheBegin() {
    UUID order = inAcme(() -> orders.place(order())).id();
    proxy.reset();
    inAcme(() -> orders.get(order));
    Traffic traffic = proxy.traffic();
    assertThat(traffic.statements())
        .filteredOn(sql -> sql.startsWith("BEGIN"))
        .containsExactly("BEGIN READ ONLY");
    assertThat(traffic.roundTrips()).isEqualTo(3);
    assertThat(traffic.requests()).isEqualTo(traffic.readyForQuery());
  }

  @Test
  void noStatementCarriesTheCapabilityOrTheTimeoutsAsText() {
    proxy.reset();
    inAcme(() -> orders.list(ANY, 50, null));
    assertThat(proxy.traffic().statements())
        .filteredOn(sql -> sql.contains("enter"))
        .allMatch(sql -> sql.contains("enter($1, $2, $3, $4, $5, $6)"));
  }

  private static int cost(Supplier<?> useCase) {
    proxy.reset();
    inAcme(useCase);
    return proxy.traffic().roundTrips();
  }

  private static <T> T inAcme(Supplier<T> useCase) {
    return TenantContext.call(acme, useCase::get);
  }

  private static NewOrder order() {
    return order(BigDecimal.ONE);
  }

  private static NewOrder order(BigDecimal quantity) {
    return new NewOrder(
        null, "X", OrderSide.BUY, OrderType.MARKET, quantity, null, null, null, null);
  }

  private static List<NewFill> batch(int first, int size) {
    return IntStream.range(first, first + size)
        .mapToObj(
            i ->
                new NewFill(
                    "fill-" + i,
                    BigDecimal.ONE,
                    BigDecimal.ONE,
                    BigDecimal.TEN,
                    "EUR",
                    Liquidity.TAKER,
                    Instant.EPOCH))
        .toList();
  }

  private static NewReport report() {
    return new NewReport("A report", null, "Its body", null, null, null);
  }
}
