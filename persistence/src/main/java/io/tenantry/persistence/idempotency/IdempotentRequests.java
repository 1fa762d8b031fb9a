package io.tenantry.persistence.idempotency;

import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.idempotency.Answered;
import io.tenantry.tenancy.idempotency.KeptRefusal;
import io.tenantry.tenancy.idempotency.OnceWork;
import io.tenantry.tenancy.idempotency.OnceWork.Made;
import io.tenantry.tenancy.idempotency.RequestKey;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries out requests of the tenant in scope once. Key, effect and answer are one transaction: a
 * crash leaves all of them or none. Blocks on the database; thread-safe; {@code
 * tenant_context_missing} outside of any tenant. May be called again as a whole after a failure.
 */
@Service
public class IdempotentRequests {

  private final KeyRows rows;
  private final TransactionTemplate transaction;

  IdempotentRequests(KeyRows rows, PlatformTransactionManager transactions) {
    this.rows = rows;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * Runs {@code work} and keeps its answer, or answers what was kept. Services called by the work
   * join its transaction. A final refusal ({@link OnceWork#isFinal}) undoes the work and is kept
   * all the same; any other failure leaves nothing behind.
   *
   * @throws TenantryException with {@code idempotency_key_reused} when the key stands for another
   *     request, {@code idempotency_in_progress} when the first one has not ended; what the work
   *     throws
   */
  public Answered once(RequestKey key, OnceWork work) {
    return KeptRefusal.orAnswer(work, run -> within(key, run));
  }

  /**
   * Deletes keys that have expired, in one transaction; what another instance deletes at the same
   * time is left to it.
   *
   * @param most above 0
   * @return how many; fewer than {@code most} when no more are left
   */
  @Transactional(propagation = Propagation.REQUIRED)
  public int expire(int most) {
    return rows.expire(most);
  }

  private Answered within(RequestKey key, Supplier<Made> work) {
    return Objects.requireNonNull(
        transaction.execute(
            _ -> {
              if (!rows.claim(key)) {
                return replay(key);
              }
              Made made = work.get();
              rows.keep(key, made.kept());
              return new Answered(made.shown(), false);
            }));
  }

  private Answered replay(RequestKey key) {
    Optional<KeyRows.Known> known = rows.find(key);
    if (known.isEmpty()) {
      // It was there, and expired and was deleted in between.
      throw key.inProgress(new IllegalStateException("The key has just been deleted."));
    }
    if (!known.get().hash().equals(key.hash())) {
      throw key.reused();
    }
    return new Answered(known.get().answer(), true);
  }
}
