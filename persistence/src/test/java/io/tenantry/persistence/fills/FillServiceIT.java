package io.tenantry.persistence.fills;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tenantry.persistence.Serving;
import io.tenantry.persistence.TestPlatform;
import io.tenantry.persistence.orders.NewOrder;
import io.tenantry.persistence.orders.Order;
import io.tenantry.persistence.orders.OrderChange;
import io.tenantry.persistence.orders.OrderService;
import io.tenantry.persistence.orders.OrderSide;
import io.tenantry.persistence.orders.OrderStatus;
import io.tenantry.persistence.orders.OrderType;
import io.tenantry.persistence.paging.Page;
import io.tenantry.persistence.paging.PageKey;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FillServiceIT {

  private static final Instant TIME = Instant.parse("2026-01-31T09:30:00.123456Z");
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static TenantId acme;
  private static Serving serving;
  private static OrderService orders;
  private static FillService fills;

  @BeforeAll
  static void start() {
    TestPlatform platform = TestPlatform.install("fill_service");
    acme = platform.tenant("acme");
    serving =
        Serving.start(
            platform.address(),
            platform.credentials(),
            // Patient, for all the threads below run on two cores and wait for one row.
            Map.of(
                "tenantry.pool.size", "4",
                "tenantry.pool.connection-timeout", "60s",
                "tenantry.pool.lock-timeout", "30s"));
    orders = serving.bean(OrderService.class);
    fills = serving.bean(FillService.class);
  }

  @AfterAll
  static void stop() {
    serving.close();
  }

  @Test
  void whatIsRecordedIsReadBackAsItWasAnswered() {
    UUID order = order("10");
    NewFill given =
        new NewFill(
            newId(),
            new BigDecimal("99.50"),
            new BigDecimal("4.0"),
            new BigDecimal("-0.010"),
            "EUR",
            Liquidity.MAKER,
            TIME);
    RecordedFills recorded = inAcme(() -> fills.record(order, given));
    Fill fill = recorded.fills().getFirst();
    assertThat(recorded.anyNew()).isTrue();
    assertThat(fill.id().version()).isEqualTo(7);
    assertThat(fill.orderId()).isEqualTo(order);
    assertThat(fill.price()).isEqualTo(new BigDecimal("99.5"));
    assertThat(fill.quantity()).isEqualTo(new BigDecimal("4"));
    assertThat(fill.fee()).isEqualTo(new BigDecimal("-0.01"));
    assertThat(fill.liquidity()).isEqualTo(Liquidity.MAKER);
    assertThat(listed(order)).containsExactly(fill);
  }

  @Test
  void statusAndSumsFollowTheFills() {
    UUID order = order("3");
    assertThat(read(order).averageFillPrice()).isNull();
    assertThat(read(order).filledQuantity()).isEqualTo(BigDecimal.ZERO);
    inAcme(() -> fills.record(order, fill(newId(), "10", "1")));
    assertThat(read(order).status()).isEqualTo(OrderStatus.PARTIALLY_FILLED);
    assertThat(read(order).filledQuantity()).isEqualTo(BigDecimal.ONE);
    assertThat(read(order).version()).isEqualTo(1);
    inAcme(() -> fills.record(order, fill(newId(), "11", "2")));
    Order filled = read(order);
    assertThat(filled.status()).isEqualTo(OrderStatus.FILLED);
    assertThat(filled.filledQuantity()).isEqualTo(new BigDecimal("3"));
    // 32 / 3
    assertThat(filled.averageFillPrice()).isEqualTo(new BigDecimal("10.666666666666666667"));
  }

  @Test
  void theAverageIsRoundedHalfEvenAndItsSumsAreExact() {
    UUID order = order("4");
    // The smallest price, 1 and 2 of 2: 3 halves of the last digit, and 5 halves.
    inAcme(() -> fills.record(order, fill(newId(), "0.000000000000000001", "1")));
    inAcme(() -> fills.record(order, fill(newId(), "0.000000000000000002", "1")));
    assertThat(read(order).averageFillPrice()).isEqualTo(new BigDecimal("0.000000000000000002"));
    UUID large = order("99999999999999999999.999999999999999999");
    inAcme(
        () ->
            fills.record(
                large,
                fill(
                    newId(),
                    "99999999999999999999.999999999999999999",
                    "99999999999999999999.999999999999999999")));
    assertThat(read(large).status()).isEqualTo(OrderStatus.FILLED);
    assertThat(read(large).averageFillPrice())
        .isEqualTo(new BigDecimal("99999999999999999999.999999999999999999"));
  }

  @Test
  void aFillThatIsKnownCountsOnceAndIsAnsweredAsItStands() {
    UUID order = order("10");
    String id = newId();
    Fill first = inAcme(() -> fills.record(order, fill(id, "5", "4"))).fills().getFirst();
    RecordedFills again = inAcme(() -> fills.record(order, fill(id, "5.0", "4.00")));
    assertThat(again.anyNew()).isFalse();
    assertThat(again.fills()).containsExactly(first);
    assertThat(read(order).version()).isEqualTo(1);
    assertThat(read(order).filledQuantity()).isEqualTo(new BigDecimal("4"));
    inAcme(() -> orders.cancel(order));
    assertThat(inAcme(() -> fills.record(order, fill(id, "5", "4"))).fills())
        .containsExactly(first);
    refused(ErrorCode.ORDER_STATE_CONFLICT, () -> fills.record(order, fill(newId(), "5", "1")));
    assertThat(listed(order)).containsExactly(first);
  }

  @Test
  void aKnownIdWithOtherValuesOrOfAnotherOrderIsRefusedByName() {
    UUID order = order("10");
    String id = newId();
    inAcme(() -> fills.record(order, fill(id, "5", "4")));
    assertThat(
            refused(
                ErrorCode.VENUE_FILL_ID_CONFLICT,
                () -> fills.recordAll(order, List.of(fill(newId(), "5", "1"), fill(id, "5", "3")))))
        .hasMessageContaining("'" + id + "'");
    UUID other = order("10");
    assertThat(
            refused(
                ErrorCode.VENUE_FILL_ID_CONFLICT, () -> fills.record(other, fill(id, "5", "4"))))
        .hasMessageContaining("'" + id + "'");
    assertThat(listed(order)).hasSize(1);
    assertThat(listed(other)).isEmpty();
    assertThat(read(other).status()).isEqualTo(OrderStatus.NEW);
  }

  @Test
  void anOverfillWritesNothingOfItsBatch() {
    UUID order = order("10");
    inAcme(() -> fills.record(order, fill(newId(), "5", "8")));
    Order before = read(order);
    assertThat(
            refused(
                ErrorCode.ORDER_OVERFILLED,
                () ->
                    fills.recordAll(
                        order, List.of(fill(newId(), "5", "1.5"), fill(newId(), "5", "1")))))
        .hasMessageContaining("2 are left")
        .hasMessageContaining("2.5");
    assertThat(read(order)).isEqualTo(before);
    assertThat(listed(order)).hasSize(1);
    inAcme(() -> fills.record(order, fill(newId(), "5", "2")));
    refused(
        ErrorCode.ORDER_OVERFILLED,
        () -> fills.record(order, fill(newId(), "5", "0.000000000000000001")));
  }

  @Test
  void aBatchIsAnsweredInItsOrderAndSendingItAgainChangesNothing() {
    UUID order = order("10");
    String twice = newId();
    List<NewFill> batch =
        List.of(
            fill(newId(), "5", "1"),
            fill(twice, "6", "2"),
            fill(newId(), "7", "3"),
            fill(twice, "6", "2"));
    RecordedFills first = inAcme(() -> fills.recordAll(order, batch));
    assertThat(first.anyNew()).isTrue();
    assertThat(first.fills())
        .extracting(Fill::venueFillId)
        .containsExactlyElementsOf(batch.stream().map(NewFill::venueFillId).toList());
    assertThat(first.fills().get(1)).isEqualTo(first.fills().get(3));
    Order after = read(order);
    assertThat(after.filledQuantity()).isEqualTo(new BigDecimal("6"));
    RecordedFills second = inAcme(() -> fills.recordAll(order, batch));
    assertThat(second).isEqualTo(new RecordedFills(first.fills(), false));
    assertThat(read(order)).isEqualTo(after);
    List<NewFill> grown = new ArrayList<>(batch);
    grown.add(fill(newId(), "8", "4"));
    RecordedFills third = inAcme(() -> fills.recordAll(order, grown));
    assertThat(third.anyNew()).isTrue();
    assertThat(third.fills().subList(0, 4)).isEqualTo(first.fills());
    assertThat(read(order).status()).isEqualTo(OrderStatus.FILLED);
  }

  @Test
  void anOrderIsNeverMadeSmallerThanItsFills() {
    UUID order = order("10");
    inAcme(() -> fills.record(order, fill(newId(), "5", "4")));
    assertThat(
            refused(
                    ErrorCode.VALIDATION_FAILED,
                    () -> orders.change(order, 1, quantity("3.999999999999999999")))
                .errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.pointer()).isEqualTo("/quantity");
              assertThat(error.detail()).contains("4 are filled");
            });
    assertThat(inAcme(() -> orders.change(order, 1, quantity("5"))).status())
        .isEqualTo(OrderStatus.PARTIALLY_FILLED);
    assertThat(inAcme(() -> orders.change(order, 2, quantity("4"))).status())
        .isEqualTo(OrderStatus.FILLED);
    refused(ErrorCode.ORDER_STATE_CONFLICT, () -> orders.change(order, 3, quantity("5")));
    refused(ErrorCode.ORDER_STATE_CONFLICT, () -> orders.cancel(order));
  }

  @Test
  void theListIsByTimeOfTheFillAndPagesMeetWithoutGapOrOverlap() {
    UUID order = order("10");
    List<NewFill> batch = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      // Three of one time each: their ids decide.
      batch.add(fill(newId(), "5", "1", TIME.plusSeconds(i / 3)));
    }
    List<Fill> recorded = inAcme(() -> fills.recordAll(order, batch)).fills();
    List<Fill> seen = new ArrayList<>();
    @Nullable PageKey after = null;
    do {
      PageKey from = after;
      Page<Fill> page = inAcme(() -> fills.list(order, 2, from));
      seen.addAll(page.items());
      after = page.next();
    } while (after != null);
    assertThat(seen).hasSize(7).containsExactlyInAnyOrderElementsOf(recorded);
    assertThat(seen).extracting(Fill::filledAt).isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThat(inAcme(() -> fills.list(order("1"), 10, null).items())).isEmpty();
    refused(ErrorCode.NOT_FOUND, () -> fills.list(UUID.randomUUID(), 10, null));
    refused(ErrorCode.NOT_FOUND, () -> fills.record(UUID.randomUUID(), fill(newId(), "5", "1")));
  }

  @Test
  void ofManyFillsAtOnceNoneIsTooManyAndNoneIsLost() throws Exception {
    UUID order = order("20");
    List<String> outcomes =
        atOnce(
            Collections.nCopies(
                32,
                () -> {
                  fills.record(order, fill(newId(), "5", "1"));
                  return "recorded";
                }));
    assertThat(outcomes).filteredOn("recorded"::equals).hasSize(20);
    assertThat(outcomes).filteredOn("order_overfilled"::equals).hasSize(12);
    Order filled = read(order);
    assertThat(filled.status()).isEqualTo(OrderStatus.FILLED);
    assertThat(filled.filledQuantity()).isEqualTo(new BigDecimal("20"));
    assertThat(listed(order)).hasSize(20);
    assertThat(listed(order).stream().map(Fill::quantity).reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualTo(filled.filledQuantity());
  }

  @Test
  void theSameFillSentManyTimesAtOnceCountsOnce() throws Exception {
    UUID order = order("20");
    NewFill fill = fill(newId(), "5", "1");
    List<String> outcomes =
        atOnce(
            Collections.nCopies(
                32, () -> fills.record(order, fill).anyNew() ? "recorded" : "known"));
    assertThat(outcomes).containsOnlyOnce("recorded").containsOnly("recorded", "known");
    assertThat(read(order).filledQuantity()).isEqualTo(BigDecimal.ONE);
  }

  /** Of one id, one order gets the fill; two batches that hold the ids in reverse wait in turn. */
  @Test
  void batchesOfTwoOrdersThatShareIdsDoNotDeadlock() throws Exception {
    for (int round = 0; round < 10; round++) {
      List<NewFill> batch = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        batch.add(fill(newId(), "5", "1"));
      }
      UUID one = order("20");
      UUID other = order("20");
      List<String> outcomes =
          atOnce(
              List.of(
                  () -> fills.recordAll(one, batch).anyNew() ? "recorded" : "known",
                  () -> fills.recordAll(other, batch.reversed()).anyNew() ? "recorded" : "known"));
      assertThat(outcomes).containsExactlyInAnyOrder("recorded", "venue_fill_id_conflict");
    }
  }

  /** Each step is checked against the sums done here; the seed is in the test's name. */
  @ParameterizedTest
  @ValueSource(longs = {1, 7, 42, 20_261_121})
  void statusAndSumsFollowAnySequence(long seed) {
    Random random = new Random(seed);
    BigDecimal quantity = new BigDecimal("10");
    UUID order = order("10");
    Map<String, NewFill> accepted = new HashMap<>();
    boolean cancelled = false;
    for (int step = 0; step < 40; step++) {
      List<NewFill> batch = new ArrayList<>();
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        List<NewFill> known = List.copyOf(accepted.values());
        batch.add(
            !known.isEmpty() && random.nextInt(3) == 0
                ? known.get(random.nextInt(known.size()))
                : fill(
                    newId(),
                    String.valueOf(random.nextInt(1, 100)),
                    "0." + random.nextInt(1, 100)));
      }
      Map<String, NewFill> next = new HashMap<>(accepted);
      batch.forEach(fill -> next.put(requireNonNull(fill.venueFillId()), fill));
      boolean anyNew = next.size() > accepted.size();
      if (anyNew && (cancelled || sum(next).compareTo(quantity) > 0)) {
        refused(
            cancelled ? ErrorCode.ORDER_STATE_CONFLICT : ErrorCode.ORDER_OVERFILLED,
            () -> fills.recordAll(order, batch));
      } else {
        assertThat(inAcme(() -> fills.recordAll(order, batch)).anyNew()).isEqualTo(anyNew);
        accepted.putAll(next);
      }
      if (!cancelled && step == 35 && sum(accepted).compareTo(quantity) < 0) {
        inAcme(() -> orders.cancel(order));
        cancelled = true;
      }
      assertFollows(read(order), accepted, cancelled);
    }
  }

  private static void assertFollows(Order order, Map<String, NewFill> fills, boolean cancelled) {
    BigDecimal sum = sum(fills);
    assertThat(order.filledQuantity()).isEqualByComparingTo(sum);
    OrderStatus open =
        sum.compareTo(order.quantity()) == 0
            ? OrderStatus.FILLED
            : sum.signum() == 0 ? OrderStatus.NEW : OrderStatus.PARTIALLY_FILLED;
    assertThat(order.status()).isEqualTo(cancelled ? OrderStatus.CANCELLED : open);
    if (sum.signum() == 0) {
      assertThat(order.averageFillPrice()).isNull();
    } else {
      BigDecimal notional =
          fills.values().stream()
              .map(fill -> requireNonNull(fill.price()).multiply(requireNonNull(fill.quantity())))
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      assertThat(order.averageFillPrice())
          .isEqualByComparingTo(notional.divide(sum, 18, RoundingMode.HALF_EVEN));
    }
  }

  private static BigDecimal sum(Map<String, NewFill> fills) {
    return fills.values().stream()
        .map(fill -> requireNonNull(fill.quantity()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The outcome of each: what it gives, or the code of its refusal. */
  private static List<String> atOnce(List<Callable<String>> works) throws Exception {
    CountDownLatch ready = new CountDownLatch(works.size());
    List<Future<String>> futures = new ArrayList<>();
    List<String> outcomes = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(works.size())) {
      for (Callable<String> work : works) {
        futures.add(
            executor.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  try {
                    return TenantContext.<String, Exception>call(acme, work::call);
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

  private static TenantryException refused(ErrorCode code, Supplier<?> work) {
    TenantryException refused = catchThrowableOfType(TenantryException.class, () -> inAcme(work));
    assertThat(refused).isNotNull();
    assertThat(refused.code()).isEqualTo(code);
    return refused;
  }

  private static Order read(UUID order) {
    return inAcme(() -> orders.get(order));
  }

  private static List<Fill> listed(UUID order) {
    return inAcme(() -> fills.list(order, 200, null).items());
  }

  private static UUID order(String quantity) {
    NewOrder order =
        new NewOrder(
            null,
            "X",
            OrderSide.BUY,
            OrderType.MARKET,
            new BigDecimal(quantity),
            null,
            null,
            null,
            null);
    return inAcme(() -> orders.place(order)).id();
  }

  private static OrderChange quantity(String quantity) {
    return new OrderChange(new BigDecimal(quantity), null, null, null);
  }

  private static NewFill fill(String id, String price, String quantity) {
    return fill(id, price, quantity, TIME);
  }

  private static NewFill fill(String id, String price, String quantity, Instant time) {
    return new NewFill(id, new BigDecimal(price), new BigDecimal(quantity), null, null, null, time);
  }

  private static String newId() {
    return "venue-" + NUMBER.incrementAndGet();
  }

  private static <T> T inAcme(Supplier<T> work) {
    return TenantContext.call(acme, work::get);
  }
}
