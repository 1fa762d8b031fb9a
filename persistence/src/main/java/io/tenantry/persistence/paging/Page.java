package io.tenantry.persistence.paging;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.FieldError;
import io.tenantry.tenancy.error.TenantryException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
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

  /** How many rows of much text come from the database at a time, for {@link #ofText}. */
  static final int FETCH_SIZE = 10;

  /**
   * The most characters that a page of much text holds: it stays in memory for as long as a caller
   * takes to read it, and callers are many.
   */
  static final int MOST_TEXT = 2 * 1024 * 1024;

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
    return ofText(rows.stream(), limit, key, view, row -> 0);
  }

  /**
   * As {@link #of}, for rows with much text: such a page may end before it has as many items as
   * were asked for. It always has one, if there is one.
   *
   * @param rows read as far as needed, then closed
   * @param length of a row's text, in characters
   */
  static <R, T> Page<T> ofText(
      Stream<R> rows,
      int limit,
      Function<R, PageKey> key,
      Function<R, T> view,
      ToIntFunction<R> length) {
    demandLimit(limit);
    List<T> shown = new ArrayList<>();
    @Nullable PageKey last = null;
    long text = 0;
    try (rows) {
      for (R row : (Iterable<R>) rows::iterator) {
        text += length.applyAsInt(row);
        if (shown.size() == limit || (last != null && text > MOST_TEXT)) {
          return new Page<>(shown, last);
        }
        shown.add(view.apply(row));
        last = key.apply(row);
      }
    }
    return new Page<>(shown, null);
  }
}
