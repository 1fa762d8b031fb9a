package io.tenantry.tenancy.idempotency;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;

/**
 * What a request does, and how its outcome reads. Runs within the transaction that keeps its key;
 * may be run again after a rollback.
 */
public interface OnceWork {

  /**
   * Carries the request out; what it throws rolls everything back.
   *
   * @throws TenantryException for a refusal; see {@link #isFinal}
   */
  Made run();

  /** How {@code refusal} is answered; only asked when it {@link #isFinal}. */
  StoredAnswer refusal(TenantryException refusal);

  /**
   * What a request has come to.
   *
   * @param shown what the first caller gets
   * @param kept what is stored and replayed; without secrets that are shown once
   */
  record Made(StoredAnswer shown, StoredAnswer kept) {}

  /**
   * Whether a refusal stays one however often the request is sent, so that it is kept and replayed.
   * Who may call at all is checked anew each time, and what may pass by itself is tried anew; so is
   * what depends on a setting.
   */
  static boolean isFinal(ErrorCode code) {
    int status = code.status();
    return status >= 400
        && status < 500
        && status != 401
        && status != 403
        && status != 429
        && code != ErrorCode.ISSUER_DISABLED
        && !code.retryable();
  }
}
