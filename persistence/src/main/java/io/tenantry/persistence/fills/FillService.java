package io.tenantry.persistence.fills;

import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toMap;

import io.tenantry.persistence.audit.AuditAction;
import io.tenantry.persistence.audit.AuditTrail;
import io.tenantry.persistence.json.JsonForms;
import io.tenantry.persistence.orders.FillableOrders;
import io.tenantry.persistence.orders.Order;
import io.tenantry.persistence.paging.KeysetQuery;
import io.tenantry.persistence.paging.Page;
import io.tenantry.persistence.paging.PageKey;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Fills of the orders of the tenant in scope. Every method runs in one transaction, throws {@code
 * TenantryException} with {@code tenant_context_missing} outside of any tenant, and blocks on the
 * database; when it throws, nothing is written. Fills of one order take turns. Thread-safe.
 */
@Service
@Transactional
public class FillService {

  private final FillableOrders orders;
  private final FillInsert insert;
  private final FillRepository fills;
  private final EntityManager entities;
  private final AuditTrail audit;
  private final Clock clock;

  FillService(
      FillableOrders orders,
      FillInsert insert,
      FillRepository fills,
      EntityManager entities,
      AuditTrail audit,
      Clock clock) {
    this.orders = orders;
    this.insert = insert;
    this.fills = fills;
    this.entities = entities;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Records a fill of an order, whose status follows. Idempotent by venueFillId: a fill that is
   * known, of this order and with these values, is answered as it stands, whatever the order's
   * status is by now.
   *
   * @throws TenantryException with {@code validation_failed}, {@code not_found} when this tenant
   *     has no such order, {@code venue_fill_id_conflict} when the id is another fill's, {@code
   *     order_overfilled}, or {@code order_state_conflict} when the order was cancelled or rejected
   */
  public RecordedFills record(UUID order, NewFill fill) {
    return record(order, List.of(FillRules.check(fill)));
  }

  /**
   * Records many fills of an order: all of them, or none. As {@link #record} otherwise; a fill that
   * is in it twice counts once.
   *
   * @param batch 1 to 500; refusals point into {@code /items}
   */
  public RecordedFills recordAll(UUID order, List<? extends @Nullable NewFill> batch) {
    return record(order, FillRules.check(batch));
  }

  /**
   * Lists the fills of an order, the last filled first.
   *
   * @param limit 1 to {@link Page#LARGEST}
   * @param after null for the first page
   * @throws TenantryException with {@code not_found} when this tenant has no such order
   */
  @Transactional(readOnly = true)
  public Page<Fill> list(UUID order, int limit, @Nullable PageKey after) {
    Page<Fill> page =
        new KeysetQuery<>(FillEntity.class, "filledAt")
            .with("orderId", order)
            .page(entities, limit, after, FillEntity::pageKey, FillEntity::view);
    if (page.items().isEmpty()) {
      orders.demand(order);
    }
    return page;
  }

  private RecordedFills record(UUID orderId, List<CheckedFill> given) {
    Order before = orders.lock(orderId);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Map<String, Fill> all = new HashMap<>();
    for (CheckedFill fill : given) {
      all.computeIfAbsent(fill.venueFillId(), _ -> fill.recorded(newId(), orderId, now));
    }
    Set<String> written = insert.insert(List.copyOf(all.values()));
    Map<Boolean, List<Fill>> byNew =
        all.values().stream().collect(partitioningBy(fill -> written.contains(fill.venueFillId())));
    List<Fill> fresh = byNew.getOrDefault(true, List.of());
    List<Fill> sentAgain = byNew.getOrDefault(false, List.of());
    if (!sentAgain.isEmpty()) {
      all.putAll(known(orderId, sentAgain));
    }
    if (!fresh.isEmpty()) {
      Order after =
          orders.fill(
              orderId,
              fresh.stream().map(Fill::quantity).reduce(BigDecimal.ZERO, BigDecimal::add),
              fresh.stream()
                  .map(fill -> fill.price().multiply(fill.quantity()))
                  .reduce(BigDecimal.ZERO, BigDecimal::add),
              now);
      audit.record(
          AuditAction.FILLS_RECORD,
          orderId,
          new FilledOrder(before, List.of()),
          new FilledOrder(after, fresh));
    }
    return new RecordedFills(
        given.stream().map(fill -> all.get(fill.venueFillId())).toList(), !fresh.isEmpty());
  }

  /** What there is already of {@code sent}, once it has turned out to be the same. */
  private Map<String, Fill> known(UUID orderId, List<Fill> sent) {
    String ids = JsonForms.write(sent.stream().map(Fill::venueFillId).toList());
    Map<String, Fill> known =
        fills.byVenueFillId(TenantContext.required().value(), ids).stream()
            .map(FillEntity::view)
            .collect(toMap(Fill::venueFillId, fill -> fill));
    for (Fill fill : sent) {
      Fill there = known.get(fill.venueFillId());
      if (there == null
          || !there.orderId().equals(orderId)
          || !CheckedFill.of(there).equals(CheckedFill.of(fill))) {
        throw new TenantryException(
            ErrorCode.VENUE_FILL_ID_CONFLICT,
            "There is a fill with the venueFillId '%s', with other values or of another order."
                .formatted(fill.venueFillId()));
      }
    }
    return known;
  }

  private static UUID newId() {
    return UuidVersion7Strategy.INSTANCE.generateUuid(null);
  }

  /**
   * What the audit keeps.
   *
   * @param fills those that this request brought, none before it
   */
  record FilledOrder(Order order, List<Fill> fills) {}
}
