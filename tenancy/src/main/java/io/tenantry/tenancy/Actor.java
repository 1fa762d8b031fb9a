package io.tenantry.tenancy;

import org.jspecify.annotations.Nullable;

/**
 * Who acts in the current block of code, and in which request, for the audit. Bound to the calling
 * thread for one block, like {@link TenantContext}, and not inherited. Says nothing about what the
 * actor may do. Never blocks.
 *
 * @param name the client's id, of an issuer elsewhere the issuer and the subject, or the name of a
 *     worker or command
 * @param requestId the request it happens in; null for work that no request asked for
 */
public record Actor(String name, @Nullable String requestId) {

  /** Work of the platform's own, outside of any request; no client's id has a space. */
  public static final Actor PLATFORM = new Actor("the platform", null);

  private static final ScopedValue<Actor> CURRENT = ScopedValue.newInstance();

  /**
   * Runs {@code block} as {@code actor}.
   *
   * @throws X what the block throws
   */
  public static <T, X extends Throwable> T call(
      Actor actor, ScopedValue.CallableOp<? extends T, X> block) throws X {
    return ScopedValue.where(CURRENT, actor).call(block);
  }

  /** Who acts here; {@link #PLATFORM} when nobody was named. */
  public static Actor current() {
    return CURRENT.orElse(PLATFORM);
  }
}
