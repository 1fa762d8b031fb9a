package io.tenantry.api.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.persistence.paging.PageKey;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

  private static final PageKey KEY =
      new PageKey(Instant.parse("2026-01-31T09:30:00.123456Z"), new UUID(7, -9));

  @Test
  void aCursorLeadsBackToItsKey() {
    assertThat(Cursor.key("orders", Cursor.of("orders", KEY))).isEqualTo(KEY);
  }

  @Test
  void theFirstAndTheLastTimeAreKeptToo() {
    for (String time : new String[] {"1970-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"}) {
      PageKey key = new PageKey(Instant.parse(time), new UUID(1, 1));

      assertThat(Cursor.key("orders", Cursor.of("orders", key))).isEqualTo(key);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 253_402_300_800_000_000L, Long.MIN_VALUE, Long.MAX_VALUE})
  void aForgedTimeFarOutsideIsRefused(long micros) {
    refused(
        Cursor.seal(
            "orders", ByteBuffer.allocate(24).putLong(micros).putLong(1).putLong(1).array()));
  }

  @Test
  void aCursorOfAnotherListIsRefused() {
    refused(Cursor.of("reports", KEY));
  }

  @Test
  void aCursorOfAnotherLengthIsRefused() {
    refused(Cursor.seal("orders", new byte[23]));
    refused(Cursor.seal("orders", new byte[25]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "AAAA", "====", "{}", "ä", "AAAAAAAAAAA"})
  void whatIsNoCursorIsRefused(String text) {
    refused(text);
  }

  @Test
  void oneCursorHasOneSpelling() {
    String cursor = Cursor.seal("orders", new byte[] {1, 2});
    assertThat(Cursor.open("orders", cursor)).containsExactly(1, 2);

    assertThatThrownBy(() -> Cursor.open("orders", cursor + "=="))
        .isInstanceOf(TenantryException.class);
    assertThatThrownBy(() -> Cursor.open("orders", cursor + "="))
        .isInstanceOf(TenantryException.class);
  }

  private static void refused(String cursor) {
    assertThatThrownBy(() -> Cursor.key("orders", cursor))
        .isInstanceOfSatisfying(
            TenantryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CURSOR_INVALID));
  }
}
