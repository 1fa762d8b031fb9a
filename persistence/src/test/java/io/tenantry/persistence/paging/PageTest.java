package io.tenantry.persistence.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
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
}
