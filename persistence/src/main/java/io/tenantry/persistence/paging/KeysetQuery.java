package io.tenantry.persistence.paging;

import io.tenantry.tenancy.error.TenantryException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.hibernate.jpa.HibernateHints;
import org.jspecify.annotations.Nullable;

/**
 * A query for one part of a list that is ordered by time and id, newest first. Only what is asked
 * for stands in it, so each combination of filters has a plan of its own that can use the index.
 * For one thread.
 */
public final class KeysetQuery<E> {

  private final Class<E> entity;
  private final String time;
  private final StringBuilder conditions = new StringBuilder("1 = 1");
  private final Map<String, Object> values = new LinkedHashMap<>();

  /**
   * @param time the attribute that the list is ordered by, before {@code id}
   */
  public KeysetQuery(Class<E> entity, String time) {
    this.entity = entity;
    this.time = time;
  }

  /** Demands that {@code attribute} is {@code value}; nothing when that is null. */
  public KeysetQuery<E> with(String attribute, @Nullable Object value) {
    return add("e." + attribute + " = :" + attribute, attribute, value);
  }

  /**
   * Demands a time from {@code from} on and before {@code to}; each of them may be null.
   *
   * @param from included
   * @param to not included
   */
  public KeysetQuery<E> between(@Nullable Object from, @Nullable Object to) {
    return add("e." + time + " >= :from", "from", from).add("e." + time + " < :to", "to", to);
  }

  /**
   * The part after {@code after}.
   *
   * @param limit 1 to {@link Page#LARGEST}
   * @param after null for the first page
   * @throws TenantryException with {@code parameter_invalid} for another limit
   */
  public <T> Page<T> page(
      EntityManager entities,
      int limit,
      @Nullable PageKey after,
      Function<E, PageKey> key,
      Function<E, T> view) {
    return Page.of(rows(entities, limit, after).getResultList(), limit, key, view);
  }

  /**
   * As {@link #page}, for rows with much text; see {@link Page#ofText}.
   *
   * @param length of a row's text, in characters
   */
  public <T> Page<T> textPage(
      EntityManager entities,
      int limit,
      @Nullable PageKey after,
      Function<E, PageKey> key,
      Function<E, T> view,
      ToIntFunction<E> length) {
    TypedQuery<E> rows =
        rows(entities, limit, after).setHint(HibernateHints.HINT_FETCH_SIZE, Page.FETCH_SIZE);
    return Page.ofText(rows.getResultStream(), limit, key, view, length);
  }

  /** One row more than {@code limit}: the sign that there is another page. */
  private TypedQuery<E> rows(EntityManager entities, int limit, @Nullable PageKey after) {
    Page.demandLimit(limit);
    if (after != null) {
      add(
          "(e.%1$s < :time or (e.%1$s = :time and e.id < :id))".formatted(time),
          "time",
          after.time());
      values.put("id", after.id());
    }
    TypedQuery<E> query =
        entities.createQuery(
            "select e from %s e where %s order by e.%s desc, e.id desc"
                .formatted(entity.getSimpleName(), conditions, time),
            entity);
    values.forEach(query::setParameter);
    return query.setMaxResults(limit + 1);
  }

  private KeysetQuery<E> add(String condition, String name, @Nullable Object value) {
    if (value != null) {
      conditions.append(" and ").append(condition);
      values.put(name, value);
    }
    return this;
  }
}
