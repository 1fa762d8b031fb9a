package io.tenantry.persistence.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE, 201, Integer.MAX_VALUE})
  void aLimitThatListsDoNotTakeIsRefusedByItsValue(int limit) {
    TenantryException refused =
        catchThrowableOfType(TenantryException.class, () -> Page.demandLimit(limit));
    assertThat(refused.code()).isEqualTo(ErrorCode.PARAMETER_INVALID);
    assertThat(refused).hasMessage("limit is " + limit + "; it takes 1 to 200.");
    // A list that forgot to ask does not get its page either.
    assertThat(
            catchThrowableOfType(
                TenantryException.class,
                () ->
                    Page.of(
                        List.of(),
                        limit,
                        row -> new PageKey(Instant.EPOCH, new UUID(0, 0)),
                        row -> row)))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 200})
  void theRestIsTaken(int limit) {
    assertThatCode(() -> Page.demandLimit(limit)).doesNotThrowAnyException();
  }

  @Test
  void aPageOfMuchTextEndsEarlyButNeverWithoutAnItem() {
    int half = Page.MOST_TEXT / 2;
    assertThat(ofText(3, half, half, half).items()).containsExactly(half, half);
    assertThat(ofText(3, half, half, half).next()).isNotNull();
    assertThat(ofText(1, half, half).items()).hasSize(1);
    assertThat(ofText(2, half, half).next()).isNull();
    // One that is too long by itself is a page of its own; or the list would never end.
    assertThat(ofText(5, half * 5, 1).items()).containsExactly(half * 5);
    assertThat(ofText(5, half * 5, 1).next()).isNotNull();
    assertThat(ofText(5).items()).isEmpty();
  }

  @Test
  void rowsAreReadNoFurtherThanThePageAndClosed() {
    AtomicInteger read = new AtomicInteger();
    AtomicBoolean closed = new AtomicBoolean();
    Stream<Integer> rows =
        Stream.generate(() -> Page.MOST_TEXT / 4)
            .peek(row -> read.incrementAndGet())
            .onClose(() -> closed.set(true));

    assertThat(ofText(200, rows).items()).hasSize(4);
    assertThat(read).hasValue(5);
    assertThat(closed).isTrue();
  }

  private static Page<Integer> ofText(int limit, Integer... lengths) {
    return ofText(limit, Stream.of(lengths));
  }

  private static Page<Integer> ofText(int limit, Stream<Integer> rows) {
    return Page.ofText(
        rows, limit, row -> new PageKey(Instant.EPOCH, new UUID(0, row)), row -> row, row -> row);
  }
}
