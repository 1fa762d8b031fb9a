package io.tenantry.control;

import org.jspecify.annotations.Nullable;

/**
 * Who changes something, for the audit.
 *
 * @param actor a client's id, a worker or a command's name
 * @param requestId the request it happens in, if it is one
 */
public record By(String actor, @Nullable String requestId) {

  /** Work that no request asked for. */
  public static By worker(String name) {
    return new By(name, null);
  }
}
