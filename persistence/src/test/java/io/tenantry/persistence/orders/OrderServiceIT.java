package io.tenantry.persistence.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tenantry.persistence.Serving;
import io.tenantry.persistence.TestPlatform;
import io.tenantry.persistence.paging.Page;
import io.tenantry.persistence.paging.PageKey;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderServiceIT {

  private static final OrderFilter ANY = new OrderFilter(null, null, null, null);
  private static final OrderChange TWO = new OrderChange(BigDecimal.TWO, null, null, null);
  private static final int THREADS = 32;

  private static TenantId acme;
  private static TenantId globex;
  private static Serving serving;
  private static OrderService orders;

  @BeforeAll
  static void start() {
    TestPlatform platform = TestPlatform.install("order_service");
    acme = platform.tenant("acme");
    globex = platform.tenant("globex");
    serving =
        Serving.start(
            platform.address(),
            platform.credentials(),
            // Patient, for all the threads below run on two cores.
            Map.of("tenantry.pool.size", "4", "tenantry.pool.connection-timeout", "60s"));
    orders = serving.bean(OrderService.class);
  }

  @AfterAll
  static void stop() {
    serving.close();
  }

  @BeforeEach
  void clear() {
    assertThat(
            serving.write(
                acme, () -> serving.sql().update("delete from tenant__schema.desk_orders")))
        .isNotNegative();
  }

  @Test
  void whatIsPlacedIsReadBackAsItWasAnswered() {
    Order placed =
        inAcme(
            () ->
                orders.place(
                    new NewOrder(
                        "client-1",
                        "ACME",
                        OrderSide.SELL,
                        OrderType.STOP_LIMIT,
                        new BigDecimal("100.50"),
                        new BigDecimal("1E+2"),
                        new BigDecimal("99.000"),
                        TimeInForce.DAY,
                        "momentum")));
    assertThat(inAcme(() -> orders.get(placed.id()))).isEqualTo(placed);
    assertThat(placed.status()).isEqualTo(OrderStatus.NEW);
    assertThat(placed.version()).isZero();
    assertThat(placed.id().version()).isEqualTo(7);
    assertThat(placed.quantity()).isEqualTo(new BigDecimal("100.5"));
    assertThat(placed.limitPrice()).isEqualTo(new BigDecimal("100"));
    assertThat(placed.placedAt()).isEqualTo(placed.placedAt().truncatedTo(ChronoUnit.MICROS));
    assertThat(placed.updatedAt()).isEqualTo(placed.placedAt());
  }

  @Test
  void whatIsChangedOrCancelledIsReadBackAsItWasAnswered() {
    Order placed = inAcme(() -> orders.place(market("ACME")));
    Order changed = inAcme(() -> orders.change(placed.id(), 0, TWO));
    assertThat(inAcme(() -> orders.get(placed.id()))).isEqualTo(changed);
    assertThat(changed.quantity()).isEqualTo(BigDecimal.TWO);
    assertThat(changed.version()).isEqualTo(1);
    assertThat(changed.placedAt()).isEqualTo(placed.placedAt());
    Order cancelled = inAcme(() -> orders.cancel(placed.id()));
    assertThat(inAcme(() -> orders.get(placed.id()))).isEqualTo(cancelled);
    assertThat(cancelled.status()).isEqualTo(OrderStatus.CANCELLED);
    assertThat(cancelled.version()).isEqualTo(2);
  }

  @Test
  void aClientOrderIdIsTakenOncePerTenant() {
    String id = UUID.randomUUID().toString();
    Order first = inAcme(() -> orders.place(named(id)));
    code(ErrorCode.CLIENT_ORDER_ID_DUPLICATE, () -> inAcme(() -> orders.place(named(id))));
    Order theirs = TenantContext.call(globex, () -> orders.place(named(id)));
    assertThat(theirs.clientOrderId()).isEqualTo(id);
    assertThat(inAcme(() -> orders.list(ANY, 10, null).items())).containsExactly(first);
  }

  @Test
  void anOrderThatIsNotThereOrTheNeighboursIsNotFound() {
    Order theirs = TenantContext.call(globex, () -> orders.place(market("X")));
    for (UUID id : List.of(UUID.randomUUID(), theirs.id())) {
      code(ErrorCode.NOT_FOUND, () -> inAcme(() -> orders.get(id)));
      code(ErrorCode.NOT_FOUND, () -> inAcme(() -> orders.change(id, 0, TWO)));
      code(ErrorCode.NOT_FOUND, () -> inAcme(() -> orders.cancel(id)));
    }
    assertThat(TenantContext.call(globex, () -> orders.get(theirs.id()))).isEqualTo(theirs);
  }

  @Test
  void aStaleVersionChangesNothing() {
    Order placed = inAcme(() -> orders.place(market("ACME")));
    Order changed = inAcme(() -> orders.change(placed.id(), 0, TWO));
    code(ErrorCode.PRECONDITION_FAILED, () -> inAcme(() -> orders.change(placed.id(), 0, TWO)));
    code(ErrorCode.PRECONDITION_FAILED, () -> inAcme(() -> orders.change(placed.id(), 2, TWO)));
    assertThat(inAcme(() -> orders.get(placed.id()))).isEqualTo(changed);
  }

  @Test
  void aClosedOrderIsNeitherCancelledAgainNorChanged() {
    Order placed = inAcme(() -> orders.place(market("ACME")));
    Order cancelled = inAcme(() -> orders.cancel(placed.id()));
    code(ErrorCode.ORDER_STATE_CONFLICT, () -> inAcme(() -> orders.cancel(placed.id())));
    code(ErrorCode.ORDER_STATE_CONFLICT, () -> inAcme(() -> orders.change(placed.id(), 1, TWO)));
    assertThat(inAcme(() -> orders.get(placed.id()))).isEqualTo(cancelled);
  }

  @Test
  void whatIsNotAcceptableWritesNothing() {
    NewOrder wrong =
        new NewOrder(
            null, "X", OrderSide.BUY, OrderType.LIMIT, BigDecimal.ONE, null, null, null, null);
    code(ErrorCode.VALIDATION_FAILED, () -> inAcme(() -> orders.place(wrong)));
    assertThat(inAcme(() -> orders.list(ANY, 10, null).items())).isEmpty();
    Order placed = inAcme(() -> orders.place(market("ACME")));
    OrderChange priced = new OrderChange(null, BigDecimal.ONE, null, null);
    OrderChange nothing = new OrderChange(BigDecimal.ZERO, null, null, null);
    code(ErrorCode.VALIDATION_FAILED, () -> inAcme(() -> orders.change(placed.id(), 0, priced)));
    code(ErrorCode.VALIDATION_FAILED, () -> inAcme(() -> orders.change(placed.id(), 0, nothing)));
    assertThat(inAcme(() -> orders.get(placed.id()))).isEqualTo(placed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'; drop table desk_orders; --",
        "\" or 1=1",
        "$$;select 1;$$",
        "tenant__schema.desk_orders",
        "\\'; commit; --",
        "{fn now()} ? :name ?1",
        "\ud83d\ude80\ud83d\udcc8 \u202e\u0301",
        "a\u00a0\t\r\nb"
      })
  void textsAreReadBackAsTheyWereWhateverTheySay(String text) {
    Order placed =
        inAcme(
            () ->
                orders.place(
                    new NewOrder(
                        text,
                        text,
                        OrderSide.BUY,
                        OrderType.MARKET,
                        BigDecimal.ONE,
                        null,
                        null,
                        null,
                        text)));
    Order read = inAcme(() -> orders.get(placed.id()));
    assertThat(List.of(String.valueOf(read.clientOrderId()), read.symbol()))
        .containsExactly(text, text);
    assertThat(read.strategy()).isEqualTo(text);
    OrderFilter bySymbol = new OrderFilter(text, null, null, null);
    assertThat(inAcme(() -> orders.list(bySymbol, 10, null).items())).containsExactly(placed);
  }

  @Test
  void valuesAtTheLimitsAreReadBackAsTheyWere() {
    BigDecimal most = new BigDecimal("99999999999999999999.999999999999999999");
    BigDecimal least = new BigDecimal("0.000000000000000001");
    Order placed =
        inAcme(
            () ->
                orders.place(
                    new NewOrder(
                        "\ud83d\ude80".repeat(64),
                        "\ud83d\ude80".repeat(32),
                        OrderSide.BUY,
                        OrderType.STOP_LIMIT,
                        most,
                        least,
                        most,
                        TimeInForce.FOK,
                        "\ud83d\ude80".repeat(64))));
    Order read = inAcme(() -> orders.get(placed.id()));
    assertThat(read).isEqualTo(placed);
    assertThat(read.quantity()).isEqualTo(most);
    assertThat(read.limitPrice()).isEqualTo(least);
    assertThat(read.clientOrderId()).isEqualTo("\ud83d\ude80".repeat(64));
  }

  @Test
  void filtersMeetWhatTheySayAndBoundsAreHalfOpen() {
    Order first = inAcme(() -> orders.place(market("AAA")));
    Order second = inAcme(() -> orders.place(market("BBB")));
    Order third = inAcme(() -> orders.place(market("AAA")));
    Order cancelled = inAcme(() -> orders.cancel(third.id()));
    assertThat(listed("AAA", null, null, null)).containsExactly(cancelled, first);
    assertThat(listed(null, OrderStatus.NEW, null, null)).containsExactly(second, first);
    assertThat(listed("AAA", OrderStatus.CANCELLED, null, null)).containsExactly(cancelled);
    assertThat(listed("aaa", null, null, null)).isEmpty();
    assertThat(listed(null, null, second.placedAt(), null)).containsExactly(cancelled, second);
    assertThat(listed(null, null, null, second.placedAt())).containsExactly(first);
    assertThat(listed("AAA", OrderStatus.NEW, first.placedAt(), third.placedAt()))
        .containsExactly(first);
  }

  @Test
  void pagesShowEachOrderOnceWhileAnotherWriterInserts() throws Exception {
    List<UUID> placed = new ArrayList<>();
    inAcme(
        () -> {
          for (int i = 0; i < 300; i++) {
            placed.add(orders.place(market("PAGED")).id());
          }
          return placed;
        });
    AtomicBoolean done = new AtomicBoolean();
    List<UUID> seen = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> writer = executor.submit(() -> insertUntil(done));
      try {
        @Nullable PageKey next = null;
        do {
          PageKey after = next;
          Page<Order> page = inAcme(() -> orders.list(ANY, 7, after));
          assertThat(page.items()).hasSizeLessThanOrEqualTo(7);
          page.items().forEach(order -> seen.add(order.id()));
          next = page.next();
        } while (next != null);
      } finally {
        done.set(true);
      }
      assertThat(writer.get()).isPositive();
    }
    assertThat(seen).doesNotHaveDuplicates().containsAll(placed);
    List<UUID> ofThose = seen.stream().filter(placed::contains).toList();
    assertThat(ofThose).containsExactlyElementsOf(placed.reversed());
  }

  private static int insertUntil(AtomicBoolean done) {
    int inserted = 0;
    while (inserted == 0 || !done.get()) {
      inAcme(() -> orders.place(market("LATER")));
      inserted++;
    }
    return inserted;
  }

  @Test
  void ordersOfOneMomentAreOrderedByTheirId() {
    List<UUID> ids = new ArrayList<>();
    inAcme(
        () -> {
          for (int i = 0; i < 20; i++) {
            ids.add(orders.place(market("SAME")).id());
          }
          return ids;
        });
    assertThat(
            serving.write(
                acme,
                () ->
                    serving
                        .sql()
                        .update("update tenant__schema.desk_orders set placed_at = '2026-01-01Z'")))
        .isEqualTo(20);
    List<UUID> seen = new ArrayList<>();
    @Nullable PageKey next = null;
    do {
      PageKey after = next;
      Page<Order> page = inAcme(() -> orders.list(ANY, 3, after));
      page.items().forEach(order -> seen.add(order.id()));
      next = page.next();
    } while (next != null);
    ids.sort(Comparator.comparing(UUID::toString).reversed());
    assertThat(seen).containsExactlyElementsOf(ids);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 201})
  void aPageOfASizeThatListsDoNotTakeIsRefused(int limit) {
    code(ErrorCode.PARAMETER_INVALID, () -> inAcme(() -> orders.list(ANY, limit, null)));
  }

  @Test
  void ofManyChangesAtOnceExactlyOneWins() throws Exception {
    Order placed = inAcme(() -> orders.place(market("RACE")));
    List<String> outcomes = atOnce(() -> orders.change(placed.id(), 0, TWO));
    assertThat(outcomes).hasSize(THREADS).containsOnlyOnce("won");
    assertThat(outcomes).allMatch(List.of("won", "precondition_failed")::contains);
    assertThat(inAcme(() -> orders.get(placed.id())).version()).isEqualTo(1);
  }

  @Test
  void ofManyOrdersWithOneClientOrderIdExactlyOneIsPlaced() throws Exception {
    String id = UUID.randomUUID().toString();
    List<String> outcomes = atOnce(() -> orders.place(named(id)));
    assertThat(outcomes).hasSize(THREADS).containsOnlyOnce("won");
    assertThat(outcomes).allMatch(List.of("won", "client_order_id_duplicate")::contains);
    assertThat(inAcme(() -> orders.list(ANY, 10, null).items())).hasSize(1);
  }

  private static List<String> atOnce(Supplier<Order> work)
      throws InterruptedException, ExecutionException {
    CountDownLatch ready = new CountDownLatch(THREADS);
    List<Future<String>> futures = new ArrayList<>();
    List<String> outcomes = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
      for (int i = 0; i < THREADS; i++) {
        futures.add(
            executor.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  try {
                    inAcme(work);
                    return "won";
                  } catch (TenantryException e) {
                    return e.code().id();
                  }
                }));
      }
      for (Future<String> future : futures) {
        outcomes.add(future.get());
      }
    }
    return outcomes;
  }

  private static List<Order> listed(
      @Nullable String symbol,
      @Nullable OrderStatus status,
      @Nullable Instant from,
      @Nullable Instant to) {
    OrderFilter filter = new OrderFilter(symbol, status, from, to);
    return inAcme(() -> orders.list(filter, 50, null).items());
  }

  private static NewOrder market(String symbol) {
    return new NewOrder(
        null, symbol, OrderSide.BUY, OrderType.MARKET, BigDecimal.ONE, null, null, null, null);
  }

  private static NewOrder named(String clientOrderId) {
    return new NewOrder(
        clientOrderId,
        "X",
        OrderSide.BUY,
        OrderType.MARKET,
        BigDecimal.ONE,
        null,
        null,
        null,
        null);
  }

  private static <T> T inAcme(Supplier<T> work) {
    return TenantContext.call(acme, work::get);
  }

  private static void code(ErrorCode code, Runnable call) {
    TenantryException refused = catchThrowableOfType(TenantryException.class, call::run);
    assertThat(refused.code()).isEqualTo(code);
  }
}
