package io.tenantry.tenancy;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.util.Optional;

/**
 * The tenant that the current block of code runs for.
 *
 * <p>A tenant is entered by a block and left with it: there is no setter, so nothing can forget to
 * clear it. The binding belongs to the calling thread and is not inherited by executors, {@code
 * Callable} results or parallel streams; asynchronous work carries its tenant in its payload and
 * enters it anew. Never blocks.
 */
public final class TenantContext {

  private static final ScopedValue<TenantId> CURRENT = ScopedValue.newInstance();

  private TenantContext() {}

  /**
   * Runs {@code block} for {@code tenant} and returns what it returns. Entering the tenant that is
   * bound already changes nothing.
   *
   * @throws TenantryException with {@code tenant_context_bound} when another tenant is bound: a
   *     transaction of that tenant may be open, and its connection would take the block's writes
   * @throws X what the block throws
   */
  public static <T, X extends Throwable> T call(
      TenantId tenant, ScopedValue.CallableOp<? extends T, X> block) throws X {
    if (CURRENT.isBound()) {
      if (!CURRENT.get().equals(tenant)) {
        throw new TenantryException(
            ErrorCode.TENANT_CONTEXT_BOUND,
            "A block for one tenant tried to enter another one inside it.");
      }
      return block.call();
    }
    return ScopedValue.where(CURRENT, tenant).call(block);
  }

  /** As {@link #call}, for a block without a result. */
  public static void run(TenantId tenant, Runnable block) {
    TenantContext.<Optional<Void>, RuntimeException>call(
        tenant,
        () -> {
          block.run();
          return Optional.empty();
        });
  }

  /**
   * The tenant bound here.
   *
   * @throws TenantryException with {@code tenant_context_missing} when none is: there is no default
   *     tenant and no default schema
   */
  public static TenantId required() {
    if (!CURRENT.isBound()) {
      throw new TenantryException(
          ErrorCode.TENANT_CONTEXT_MISSING, "Tenant data was asked for outside of any tenant.");
    }
    return CURRENT.get();
  }

  /** The tenant bound here, empty outside of any. */
  public static Optional<TenantId> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }
}
