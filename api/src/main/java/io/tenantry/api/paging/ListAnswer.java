package io.tenantry.api.paging;

import io.tenantry.persistence.paging.Page;
import io.tenantry.persistence.paging.PageKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponents;

/**
 * One page of a list, as it is answered.
 *
 * @param nextCursor null on the last page
 */
public record ListAnswer<T>(List<T> items, @Nullable String nextCursor) {

  /** A page of the list called {@code list}, with the link to the next one. */
  public static <S, T> ResponseEntity<ListAnswer<T>> of(
      String list, Page<S> page, Function<S, T> view) {
    PageKey next = page.next();
    return of(
        page.items().stream().map(view).toList(), next == null ? null : Cursor.of(list, next));
  }

  /** Reads rows of a list that goes by time, newest first. */
  @FunctionalInterface
  public interface RowsByTime<S> {
    /**
     * Reads at most {@code limit} of them, behind the row of that time and id; from the newest
     * where both are null.
     */
    List<S> read(int limit, @Nullable Instant time, @Nullable UUID id);
  }

  /**
   * A page of a list that goes by time.
   *
   * @param part which one is asked for
   * @param key where a row stands in the list
   */
  public static <S, T> ResponseEntity<ListAnswer<T>> byTime(
      String list,
      ListRequest part,
      RowsByTime<S> rows,
      Function<S, PageKey> key,
      Function<S, T> view) {
    PageKey after = part.after();
    // One more than is shown is the sign that there is another page.
    List<S> read =
        rows.read(
            part.limit() + 1,
            after == null ? null : after.time(),
            after == null ? null : after.id());
    return of(list, Page.of(read, part.limit(), key, view), Function.identity());
  }

  /**
   * A page of a list that goes by name; {@link Cursor#name} reads where the next one begins.
   *
   * @param rows read with one more than {@code limit}, the sign that there is another page
   */
  public static <S, T> ResponseEntity<ListAnswer<T>> byName(
      String list, int limit, List<S> rows, Function<S, String> name, Function<S, T> view) {
    List<S> shown = rows.subList(0, Math.min(limit, rows.size()));
    String next =
        rows.size() > limit
            ? Cursor.seal(list, name.apply(shown.getLast()).getBytes(StandardCharsets.UTF_8))
            : null;
    return of(shown.stream().map(view).toList(), next);
  }

  private static <T> ResponseEntity<ListAnswer<T>> of(List<T> items, @Nullable String nextCursor) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
    if (nextCursor != null) {
      answer.header(HttpHeaders.LINK, "<" + nextPage(nextCursor) + ">; rel=\"next\"");
    }
    return answer.body(new ListAnswer<>(items, nextCursor));
  }

  /** Path and query alone: what host a caller used is not ours to repeat. */
  private static String nextPage(String cursor) {
    UriComponents here =
        ServletUriComponentsBuilder.fromCurrentRequest()
            .replaceQueryParam("cursor", cursor)
            .build();
    return here.getPath() + "?" + here.getQuery();
  }
}
