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
 * nothing that it could not list anyway. What a cursor holds is therefore checked like any input.
 */
public final class Cursor {

  private static final int CHECK_BYTES = 8;
  private static final int KEY_BYTES = 3 * Long.BYTES;
  // Nothing was made before 1970; and far outside are times that the database has none of.
  private static final long LAST_MICROS =
      ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("9999-12-31T23:59:59.999999Z"));

  private Cursor() {}

  static String of(String list, PageKey key) {
    return seal(
        list,
        ByteBuffer.allocate(KEY_BYTES)
            .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, key.time()))
            .putLong(key.id().getMostSignificantBits())
            .putLong(key.id().getLeastSignificantBits())
            .array());
  }

  static PageKey key(String list, String cursor) {
    byte[] bytes = open(list, cursor);
    if (bytes.length != KEY_BYTES) {
      throw invalid();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long micros = buffer.getLong();
    if (micros < 0 || micros > LAST_MICROS) {
      throw invalid();
    }
    Instant time = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    return new PageKey(time, new UUID(buffer.getLong(), buffer.getLong()));
  }

  /** A cursor into the list called {@code list}, for the place after {@code bytes}. */
  public static String seal(String list, byte[] bytes) {
    byte[] all =
        ByteBuffer.allocate(bytes.length + CHECK_BYTES).put(bytes).put(check(list, bytes)).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  /**
   * What {@link #seal} was given.
   *
   * @throws TenantryException with {@code cursor_invalid} when {@code cursor} is not one of its
   *     results for that list
   */
  public static byte[] open(String list, String cursor) {
    byte[] all;
    try {
      all = Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
    if (all.length < CHECK_BYTES) {
      throw invalid();
    }
    byte[] bytes = Arrays.copyOf(all, all.length - CHECK_BYTES);
    // The decoder forgives padding and stray bits; one cursor has one spelling.
    if (!seal(list, bytes).equals(cursor)) {
      throw invalid();
    }
    return bytes;
  }

  /** The place in a list that goes by name; throws as {@link #open} does. */
  public static String name(String list, String cursor) {
    return new String(open(list, cursor), StandardCharsets.UTF_8);
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

  /** The refusal of a cursor, for lists that find no place of theirs in what it holds. */
  public static TenantryException invalid() {
    return new TenantryException(
        ErrorCode.CURSOR_INVALID, "The cursor was changed on its way, or is of another list.");
  }
}
