package io.tenantry.persistence.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantry.persistence.Serving;
import io.tenantry.persistence.TestPlatform;
import io.tenantry.persistence.orders.NewOrder;
import io.tenantry.persistence.orders.Order;
import io.tenantry.persistence.orders.OrderFilter;
import io.tenantry.persistence.orders.OrderService;
import io.tenantry.persistence.orders.OrderSide;
import io.tenantry.persistence.orders.OrderStatus;
import io.tenantry.persistence.orders.OrderType;
import io.tenantry.tenancy.RequestDeadline;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.names.TenantNames;
import io.tenantry.testkit.TestPostgres;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the database gives up for the sake of another transaction is begun again, twice. */
class TransactionRetryIT {

  private static final String DATABASE = "transaction_retry";

  private static TestPlatform platform;
  private static TenantId acme;
  private static Serving serving;
  private static OrderService orders;
  private static MeterRegistry meters;

  @BeforeAll
  static void start() {
    platform = TestPlatform.install(DATABASE);
    acme = platform.tenant("acme");
    // Time for the other session of a deadlock to get into it, however slow the machine is.
    platform.asSuperuser(
        List.of("alter database " + DATABASE + " set deadlock_timeout = '3s'"), List.of());
    serving =
        Serving.start(
            platform.address(),
            platform.credentials(),
            Map.of("tenantry.pool.size", "4", "tenantry.pool.lock-timeout", "20s"),
            beans -> beans.registerBean(MeterRegistry.class, () -> new SimpleMeterRegistry()));
    orders = serving.bean(OrderService.class);
    meters = serving.bean(MeterRegistry.class);
  }

  @AfterAll
  static void stop() {
    serving.close();
  }

  @ParameterizedTest
  @CsvSource({
    "40001, serialization, initially immediate",
    "40P01, deadlock, initially immediate",
    "40001, serialization, initially deferred"
  })
  void twoFailuresAreAbsorbedAndTheTransactionIsDoneOnce(String state, String reason, String when)
      throws Exception {
    double before = retries(reason);
    try (AutoCloseable _ = failing(state, 2, when)) {
      Order placed = inAcme(() -> orders.place(market("TWICE")));
      assertThat(inAcme(() -> orders.get(placed.id()))).isEqualTo(placed);
    }
    assertThat(retries(reason) - before).isEqualTo(2);
    assertThat(inAcme(() -> orders.list(of("TWICE"), 10, null).items())).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"40001, initially immediate", "40P01, initially deferred"})
  void theThirdFailureIsTheCallers(String state, String when) throws Exception {
    try (AutoCloseable _ = failing(state, 3, when)) {
      code(ErrorCode.CONCURRENT_UPDATE, () -> orders.place(market("THRICE")));
      assertThat(failures()).isEqualTo(3);
    }
    assertThat(inAcme(() -> orders.list(of("THRICE"), 10, null).items())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"55P03, CONCURRENT_UPDATE", "57014, DEADLINE_EXCEEDED"})
  void whatWouldFailAgainIsNotRepeated(String state, ErrorCode expected) throws Exception {
    try (AutoCloseable _ = failing(state, 1, "initially immediate")) {
      code(expected, () -> orders.place(market("ONCE")));
      assertThat(failures()).isEqualTo(1);
    }
  }

  @Test
  void insideATransactionOfTheCallersNothingIsRepeated() throws Exception {
    try (AutoCloseable _ = failing("40001", 1, "initially immediate")) {
      TenantryException refused =
          catchThrowableOfType(
              TenantryException.class,
              () -> serving.write(acme, () -> orders.place(market("INSIDE"))));
      assertThat(refused.code()).isEqualTo(ErrorCode.CONCURRENT_UPDATE);
      assertThat(failures()).isEqualTo(1);
    }
  }

  @Test
  void afterTheDeadlineNothingIsRepeated() throws Exception {
    try (AutoCloseable _ = failing("40001", 1, "initially immediate")) {
      // The transaction itself has no time left by the time it fails.
      TenantryException refused =
          catchThrowableOfType(
              TenantryException.class,
              () ->
                  RequestDeadline.<Order, RuntimeException>call(
                      Duration.ofNanos(1), () -> inAcme(() -> orders.place(market("LATE")))));
      assertThat(refused.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
      assertThat(failures()).isZero();
    }
  }

  /**
   * A real one: the order's row is held by a session that wants what the tenant's transaction holds
   * already. The server gives one of the two up; when it is the tenant's, that is begun again.
   */
  @Test
  void aDeadlockWithAnotherSessionIsAbsorbed() throws Exception {
    Order placed = inAcme(() -> orders.place(market("LOCKED")));
    String table = TenantNames.schema(acme) + ".desk_orders";
    double before = retries("deadlock");
    try (AutoCloseable _ = crossing(table);
        Connection other = TestPostgres.shared().connectAsSuperuser(DATABASE);
        Statement statement = other.createStatement();
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      other.setAutoCommit(false);
      // Never the victim: who finds the deadlock gives itself up, and this one looks much later.
      statement.execute("set deadlock_timeout = '1h'");
      statement.execute("update crossing set held = held where id = 2");
      Future<Order> cancelled = executor.submit(() -> inAcme(() -> orders.cancel(placed.id())));
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> serverSays("select count(*) from pg_locks where not granted") > 0);
      // The tenant's transaction has row 1 and waits for row 2, which is held here.
      statement.execute("update crossing set held = held where id = 1");
      other.commit();
      assertThat(cancelled.get().status()).isEqualTo(OrderStatus.CANCELLED);
    }
    assertThat(retries("deadlock") - before).isEqualTo(1);
  }

  @Test
  void ofTwoCancelsAtOnceOneIsToldThatTheOrderIsNotOpen() throws Exception {
    for (int round = 0; round < 5; round++) {
      Order placed = inAcme(() -> orders.place(market("CANCEL")));
      CountDownLatch ready = new CountDownLatch(4);
      try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
        Supplier<Future<String>> one =
            () ->
                executor.submit(
                    () -> {
                      ready.countDown();
                      ready.await();
                      try {
                        return inAcme(() -> orders.cancel(placed.id())).status().name();
                      } catch (TenantryException e) {
                        return e.code().id();
                      }
                    });
        List<Future<String>> all = List.of(one.get(), one.get(), one.get(), one.get());
        List<String> outcomes =
            List.of(all.get(0).get(), all.get(1).get(), all.get(2).get(), all.get(3).get());
        assertThat(outcomes)
            .containsExactlyInAnyOrder(
                "CANCELLED",
                "order_state_conflict",
                "order_state_conflict",
                "order_state_conflict");
      }
    }
  }

  /** Lets the first writes on the orders fail; a sequence counts on when the rest is undone. */
  private static AutoCloseable failing(String state, int times, String when) {
    String schema = TenantNames.schema(acme);
    return platform.asSuperuser(
        List.of(
            "create sequence failures start 1",
            "create function fail() returns trigger language plpgsql security definer as $$"
                + "begin if nextval('public.failures') <= "
                + times
                + " then raise sqlstate '"
                + state
                + "'; end if; return null; end $$",
            "create constraint trigger fails after insert on "
                + schema
                + ".desk_orders deferrable "
                + when
                + " for each row execute function fail()"),
        List.of(
            "drop trigger fails on " + schema + ".desk_orders",
            "drop function fail()",
            "drop sequence failures"));
  }

  /** Makes each update of an order take two locks, one after the other. */
  private static AutoCloseable crossing(String table) {
    return platform.asSuperuser(
        List.of(
            "create table crossing (id int primary key, held int)",
            "insert into crossing values (1, 0), (2, 0)",
            "create function cross_over() returns trigger language plpgsql security definer as $$"
                + "begin update public.crossing set held = held where id = 1;"
                + " update public.crossing set held = held where id = 2; return null; end $$",
            "create trigger crosses after update on "
                + table
                + " for each row execute function cross_over()"),
        List.of(
            "drop trigger crosses on " + table,
            "drop function cross_over()",
            "drop table crossing"));
  }

  private static long failures() throws Exception {
    return serverSays("select last_value from failures where is_called");
  }

  private static long serverSays(String sql) throws Exception {
    try (Connection connection = TestPostgres.shared().connectAsSuperuser(DATABASE);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static double retries(String reason) {
    Counter counter = meters.find("tenantry.transaction.retries").tag("reason", reason).counter();
    return counter == null ? 0 : counter.count();
  }

  private static OrderFilter of(String symbol) {
    return new OrderFilter(symbol, null, null, null);
  }

  private static NewOrder market(String symbol) {
    return new NewOrder(
        UUID.randomUUID().toString(),
        symbol,
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

  private static void code(ErrorCode code, Supplier<?> call) {
    TenantryException refused = catchThrowableOfType(TenantryException.class, () -> inAcme(call));
    assertThat(refused.code()).isEqualTo(code);
  }
}
