package io.tenantry.api.paging;

import io.tenantry.persistence.paging.Page;
import io.tenantry.persistence.paging.PageKey;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param limit 1 to {@link Page#LARGEST}
 * @param after null for the first page
 */
public record ListRequest(int limit, @Nullable PageKey after) {

  /** How many items a page has when the caller does not say. */
  public static final int DEFAULT_LIMIT = 50;

  /**
   * Reads the parameters {@code limit} and {@code cursor} of the list called {@code list}.
   *
   * @throws io.tenantry.tenancy.error.TenantryException with {@code parameter_invalid} or {@code
   *     cursor_invalid}
   */
  public static ListRequest of(String list, @Nullable String limit, @Nullable String cursor) {
    return new ListRequest(limit(limit), cursor == null ? null : Cursor.key(list, cursor));
  }

  /** Reads the parameter {@code limit} alone. */
  public static int limit(@Nullable String limit) {
    return limit == null ? DEFAULT_LIMIT : Parameters.whole("limit", limit, 1, Page.LARGEST);
  }
}
