package io.tenantry.api.idempotency;

/**
 * A request's body that may have a secret in it. What is kept of such a request, to tell it from
 * another, is made so that the secret cannot be guessed from it at speed.
 */
public interface SecretGiven {

  /** Whether this body has one. */
  boolean secretGiven();
}
