package io.tenantry.tenancy.idempotency;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.util.regex.Pattern;

/**
 * The caller's own name for a request, and what tells whether it is the same request.
 *
 * @param key 1 to 255 visible ASCII characters
 * @param hash SHA-256 of the request, as 64 hex digits
 */
public record RequestKey(String key, String hash) {

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  public RequestKey {
    demandUsable(key);
    if (!HASH.matcher(hash).matches()) {
      throw new IllegalArgumentException("A hash is 64 hex digits.");
    }
  }

  /**
   * Refuses what is no key.
   *
   * @throws TenantryException with {@code idempotency_key_invalid}
   */
  public static void demandUsable(String key) {
    if (!KEY.matcher(key).matches()) {
      throw new TenantryException(
          ErrorCode.IDEMPOTENCY_KEY_INVALID,
          "The key has " + key.length() + " characters, or one that is not taken.");
    }
  }

  /** The failure for a key that stands for another request. */
  public TenantryException reused() {
    return new TenantryException(
        ErrorCode.IDEMPOTENCY_KEY_REUSED,
        "The key was used before, with another path or another body.");
  }

  /** The failure for a key whose first request has not ended. */
  public TenantryException inProgress(Throwable cause) {
    return new TenantryException(
        ErrorCode.IDEMPOTENCY_IN_PROGRESS,
        "The first request with this key has not been answered yet.",
        cause);
  }
}
