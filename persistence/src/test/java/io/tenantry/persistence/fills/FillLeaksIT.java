package io.tenantry.persistence.fills;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tenantry.persistence.Serving;
import io.tenantry.persistence.TestPlatform;
import io.tenantry.persistence.orders.NewOrder;
import io.tenantry.persistence.orders.Order;
import io.tenantry.persistence.orders.OrderService;
import io.tenantry.persistence.orders.OrderSide;
import io.tenantry.persistence.orders.OrderType;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.names.TenantNames;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Acme knows the ids of globex's order and fill and reaches for them. Each wall is tried alone:
 * where the schema keeps acme out, globex's rows are put into acme's table, and only the policy is
 * left.
 */
class FillLeaksIT {

  private static final String COUNT = "select count(*) from tenant__schema.desk_fills where id = ?";
  private static final String INSERT =
      "insert into tenant__schema.desk_fills (tenant_id, id, order_id, venue_fill_id, price,"
          + " quantity, filled_at) values (?, ?, ?, ?, 1, 1, now())";

  private static TestPlatform platform;
  private static TenantId acme;
  private static TenantId globex;
  private static Serving serving;
  private static FillService fills;
  private static OrderService orders;
  private static EntityManager entities;
  private Order ours;
  private Order theirOrder;
  private Fill theirs;

  @BeforeAll
  static void start() {
    platform = TestPlatform.install("fill_leaks");
    acme = platform.tenant("acme");
    globex = platform.tenant("globex");
    serving = Serving.start(platform.address(), platform.credentials(), Map.of());
    fills = serving.bean(FillService.class);
    orders = serving.bean(OrderService.class);
    entities = serving.bean(EntityManager.class);
  }

  @AfterAll
  static void stop() {
    serving.close();
  }

  @BeforeEach
  void recordTheirs() {
    ours = TenantContext.call(acme, FillLeaksIT::place);
    theirOrder = TenantContext.call(globex, FillLeaksIT::place);
    theirs =
        TenantContext.call(
                globex, () -> fills.record(theirOrder.id(), fill(UUID.randomUUID().toString())))
            .fills()
            .getFirst();
  }

  @Test
  void anotherTenantsOrderIsRefusedAsOneThatNobodyHas() {
    UUID nobodys = UUID.randomUUID();
    for (Supplier<String> foreign :
        List.<Supplier<String>>of(
            () -> refusal(() -> fills.list(theirOrder.id(), 10, null)),
            () -> refusal(() -> fills.record(theirOrder.id(), fill("probe"))),
            // As if the fill were known there.
            () -> refusal(() -> fills.record(theirOrder.id(), fill(theirs.venueFillId()))))) {
      assertThat(foreign.get().replace(theirOrder.id().toString(), nobodys.toString()))
          .isEqualTo(refusal(() -> fills.list(nobodys, 10, null)));
    }
    assertThat(TenantContext.call(globex, () -> fills.list(theirOrder.id(), 10, null)).items())
        .containsExactly(theirs);
  }

  @Test
  void theirVenueFillIdIsFreeHere() {
    RecordedFills recorded =
        TenantContext.call(acme, () -> fills.record(ours.id(), fill(theirs.venueFillId())));
    assertThat(recorded.anyNew()).isTrue();
    assertThat(recorded.fills().getFirst().id()).isNotEqualTo(theirs.id());
    assertThat(recorded.fills().getFirst().orderId()).isEqualTo(ours.id());
  }

  @Test
  void theirFillIsNotFoundByIdHoweverItIsAsked() {
    assertThat(
            serving.<Boolean>read(acme, () -> entities.find(FillEntity.class, theirs.id()) == null))
        .isTrue();
    assertThat(serving.read(acme, () -> count(theirs.id()))).isZero();
    assertThat(serving.read(globex, () -> count(theirs.id()))).isOne();
    state(
        "42501",
        () ->
            serving.read(
                acme,
                () ->
                    serving
                        .sql()
                        .queryForList(
                            "select id from " + TenantNames.schema(globex) + ".desk_fills")));
  }

  /** A row of globex's inside acme's own table: neither schema nor grants keep it away. */
  @Test
  void theRowPolicyAloneHidesTheirFillInOurTable() throws Exception {
    String own = TenantNames.schema(acme);
    String their = TenantNames.schema(globex);
    String only = " where id = '" + theirs.id() + "'";
    String order = " where id = '" + theirOrder.id() + "'";
    try (AutoCloseable _ =
        platform.asSuperuser(
            List.of(
                "insert into %s.desk_orders select * from %s.desk_orders".formatted(own, their)
                    + order,
                "insert into %s.desk_fills select * from %s.desk_fills".formatted(own, their)
                    + only),
            List.of(
                "delete from " + own + ".desk_fills" + only,
                "delete from " + own + ".desk_orders" + order))) {
      assertThat(serving.read(acme, () -> count(theirs.id()))).isZero();
      assertThat(refusal(() -> fills.list(theirOrder.id(), 10, null))).startsWith("not_found");
      try (AutoCloseable _ =
          platform.asSuperuser(
              List.of("alter table " + own + ".desk_fills disable row level security"),
              List.of("alter table " + own + ".desk_fills enable row level security"))) {
        assertThat(serving.read(acme, () -> count(theirs.id()))).isOne();
      }
    }
  }

  @Test
  void theForeignKeyTellsNothingAboutTheirOrders() {
    Throwable foreign = state("23503", () -> insert(acme, theirOrder.id()));
    UUID nobodys = UUID.randomUUID();
    Throwable unknown = state("23503", () -> insert(acme, nobodys));
    assertThat(rootMessage(foreign).replace(theirOrder.id().toString(), nobodys.toString()))
        .isEqualTo(rootMessage(unknown));
    state("42501", () -> insert(globex, theirOrder.id()));
    state("42501", () -> insert(globex, ours.id()));
  }

  private static void insert(TenantId owner, UUID order) {
    serving.write(
        acme,
        () -> serving.sql().update(INSERT, owner.value(), new UUID(1, 2), order, "00000000-probe"));
  }

  private static Throwable state(String state, ThrowingCallable work) {
    Throwable failure = catchThrowable(work);
    assertThat(failure)
        .rootCause()
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
    return failure;
  }

  private static String rootMessage(Throwable failure) {
    Throwable at = failure;
    while (at.getCause() != null) {
      at = at.getCause();
    }
    return String.valueOf(at.getMessage());
  }

  private static String refusal(Supplier<?> work) {
    TenantryException refused =
        catchThrowableOfType(TenantryException.class, () -> TenantContext.call(acme, work::get));
    assertThat(refused.code()).isEqualTo(ErrorCode.NOT_FOUND);
    return refused.code().id() + " " + refused.detail() + " " + refused.errors();
  }

  private static int count(UUID id) {
    return requireNonNull(serving.sql().queryForObject(COUNT, Integer.class, id));
  }

  private static Order place() {
    return orders.place(
        new NewOrder(
            null, "X", OrderSide.BUY, OrderType.MARKET, BigDecimal.TEN, null, null, null, null));
  }

  private static NewFill fill(String id) {
    return new NewFill(id, BigDecimal.ONE, BigDecimal.ONE, null, null, null, Instant.EPOCH);
  }
}
