package io.tenantry.persistence.orders;

import io.tenantry.persistence.paging.Page;
import io.tenantry.persistence.paging.PageKey;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lists orders by keyset. Only what is asked for stands in the query, so each combination of
 * filters has a plan of its own that can use the index.
 */
@Component
class OrderList {

  private final EntityManager entities;

  OrderList(EntityManager entities) {
    this.entities = entities;
  }

  Page<Order> read(OrderFilter filter, int limit, @Nullable PageKey after) {
    StringBuilder query = new StringBuilder("select o from OrderEntity o where 1 = 1");
    Map<String, Object> values = new LinkedHashMap<>();
    add(query, values, " and o.symbol = :symbol", "symbol", filter.symbol());
    add(query, values, " and o.status = :status", "status", filter.status());
    add(query, values, " and o.placedAt >= :from", "from", filter.from());
    add(query, values, " and o.placedAt < :to", "to", filter.to());
    if (after != null) {
      query.append(" and (o.placedAt < :time or (o.placedAt = :time and o.id < :id))");
      values.put("time", after.time());
      values.put("id", after.id());
    }
    query.append(" order by o.placedAt desc, o.id desc");
    TypedQuery<OrderEntity> typed = entities.createQuery(query.toString(), OrderEntity.class);
    values.forEach(typed::setParameter);
    typed.setMaxResults(limit + 1);
    return Page.of(typed.getResultList(), limit, OrderEntity::pageKey, OrderEntity::view);
  }

  private static void add(
      StringBuilder query,
      Map<String, Object> values,
      String condition,
      String name,
      @Nullable Object value) {
    if (value != null) {
      query.append(condition);
      values.put(name, value);
    }
  }
}
