package io.tenantry.tenancy.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestKeyTest {

  private static final String HASH = "0".repeat(64);

  @Test
  void visibleAsciiIsAKey() {
    assertThat(new RequestKey("!~", HASH).key()).isEqualTo("!~");
    assertThat(new RequestKey("k".repeat(255), HASH).key()).hasSize(255);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\n", "\u007f", "\u00e4", "\u0000"})
  void anythingElseIsNot(String key) {
    refused(key);
    refused("k".repeat(256));
  }

  @Test
  void aHashHasItsForm() {
    assertThatThrownBy(() -> new RequestKey("k", "0")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyWhatStaysARefusalIsFinal() {
    assertThat(OnceWork.isFinal(ErrorCode.CLIENT_ORDER_ID_DUPLICATE)).isTrue();
    assertThat(OnceWork.isFinal(ErrorCode.NOT_FOUND)).isTrue();
    assertThat(OnceWork.isFinal(ErrorCode.VALIDATION_FAILED)).isTrue();
    assertThat(OnceWork.isFinal(ErrorCode.ISSUER_DISABLED)).as("a setting's").isFalse();
    for (ErrorCode code : ErrorCode.values()) {
      if (code.retryable()
          || code.status() >= 500
          || code.status() == 401
          || code.status() == 403
          || code.status() == 429) {
        assertThat(OnceWork.isFinal(code)).as(code.id()).isFalse();
      }
    }
  }

  private static void refused(String key) {
    assertThatThrownBy(() -> new RequestKey(key, HASH))
        .isInstanceOfSatisfying(
            TenantryException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.IDEMPOTENCY_KEY_INVALID));
  }
}
