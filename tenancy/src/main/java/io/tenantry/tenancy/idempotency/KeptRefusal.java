package io.tenantry.tenancy.idempotency;

import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.idempotency.OnceWork.Made;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/** How a final refusal is kept although what the work did is undone. Stateless. */
public final class KeptRefusal {

  private KeptRefusal() {}

  /**
   * Runs {@code work} in a transaction; when it refuses for good ({@link OnceWork#isFinal}), the
   * refusal is kept in another one.
   *
   * @param transaction makes an answer of what it is given and keeps that, in one transaction,
   *     which it rolls back when it is thrown at
   */
  public static Answered orAnswer(OnceWork work, Function<Supplier<Made>, Answered> transaction) {
    try {
      return transaction.apply(() -> run(work));
    } catch (WorkRefused refused) {
      StoredAnswer refusal = work.refusal(refused.reason());
      return transaction.apply(() -> new Made(refusal, refusal));
    }
  }

  private static Made run(OnceWork work) {
    try {
      return work.run();
    } catch (TenantryException e) {
      if (OnceWork.isFinal(e.code())) {
        throw new WorkRefused(e);
      }
      throw e;
    }
  }

  /** Tells what the work refused from what the keys refuse. */
  private static final class WorkRefused extends RuntimeException {

    WorkRefused(TenantryException reason) {
      super(reason);
    }

    TenantryException reason() {
      return (TenantryException) Objects.requireNonNull(getCause());
    }
  }
}
