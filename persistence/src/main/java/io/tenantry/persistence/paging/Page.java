package io.tenantry.persistence.paging;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.FieldError;
import io.tenantry.tenancy.error.TenantryException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items newest first; never more than was asked for
 * @param next where the following page begins, null on the last one
 */
public record Page<T>(List<T> items, @Nullable PageKey next) {

  /** The most items that one page holds. */
  public static final int LARGEST = 200;

  /**
   * Demands a limit that lists take, before anything is read.
   *
   * @throws TenantryException with {@code parameter_invalid} unless it is 1 to {@link #LARGEST}
   */
  public static void demandLimit(int limit) {
    if (limit < 1 || limit > LARGEST) {
      String accepted = "it takes 1 to " + LARGEST + ".";
      throw new TenantryException(
          ErrorCode.PARAMETER_INVALID,
          "limit is " + limit + "; " + accepted,
          List.of(new FieldError("limit", "parameter_invalid", accepted)));
    }
  }

  public Page {
    items = List.copyOf(items);
  }

  /**
   * Makes a page of rows that were read with one row more than asked for, the sign that there is
   * another page.
   *
   * @param rows at most {@code limit + 1}
   */
  public static <R, T> Page<T> of(
      List<R> rows, int limit, Function<R, PageKey> key, Function<R, T> view) {
    demandLimit(limit);
    List<R> shown = rows.size() > limit ? rows.subList(0, limit) : rows;
    PageKey next = rows.size() > limit ? key.apply(shown.getLast()) : null;
    return new Page<>(shown.stream().map(view).toList(), next);
  }
}
