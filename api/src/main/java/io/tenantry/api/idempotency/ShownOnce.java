package io.tenantry.api.idempotency;

/**
 * A body of which a part, such as a secret, is answered to the first request alone: it is neither
 * stored nor replayed.
 */
public interface ShownOnce {

  /** The same body without that part; never null. */
  Object kept();
}
