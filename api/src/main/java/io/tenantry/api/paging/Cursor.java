package io.tenantry.api.paging;

import io.tenantry.persistence.paging.PageKey;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/**
 * Where the next page of one list begins, in a form that callers hand back and do not read.
 *
 * <p>The check at its end tells a mangled cursor, or one of another list, from a good one. It is no
 * secret and need not be: whoever forges a cursor begins elsewhere in its own list, and sees
 * nothing that it could not list anyway.
 */
final class Cursor {

  private static final int KEY_BYTES = 3 * Long.BYTES;
  private static final int CHECK_BYTES = 8;

  private Cursor() {}

  static String write(String list, PageKey key) {
    byte[] bytes =
        ByteBuffer.allocate(KEY_BYTES)
            .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, key.time()))
            .putLong(key.id().getMostSignificantBits())
            .putLong(key.id().getLeastSignificantBits())
            .array();
    byte[] all =
        ByteBuffer.allocate(KEY_BYTES + CHECK_BYTES).put(bytes).put(check(list, bytes)).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  static PageKey read(String list, String text) {
    byte[] all;
    try {
      all = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
    byte[] bytes = Arrays.copyOf(all, KEY_BYTES);
    boolean good =
        all.length == KEY_BYTES + CHECK_BYTES
            && Arrays.equals(check(list, bytes), Arrays.copyOfRange(all, KEY_BYTES, all.length));
    // The decoder forgives padding and stray bits; one cursor has one spelling.
    if (!good || !Base64.getUrlEncoder().withoutPadding().encodeToString(all).equals(text)) {
      throw invalid();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    Instant time = Instant.EPOCH.plus(buffer.getLong(), ChronoUnit.MICROS);
    return new PageKey(time, new UUID(buffer.getLong(), buffer.getLong()));
  }

  private static byte[] check(String list, byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(list.getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(digest.digest(bytes), CHECK_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  private static TenantryException invalid() {
    return new TenantryException(
        ErrorCode.CURSOR_INVALID, "The cursor was changed on its way, or is of another list.");
  }
}
