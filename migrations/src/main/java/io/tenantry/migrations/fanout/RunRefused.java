package io.tenantry.migrations.fanout;

/** A run that must not begin; the message names why and the way out. */
final class RunRefused extends RuntimeException {
  RunRefused(String message) {
    super(message);
  }
}
