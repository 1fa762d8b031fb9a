package io.tenantry.standalone.changes;

import java.io.Serial;

/** No draft is written; the message says why, and the way out. */
final class DraftRefusedException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  DraftRefusedException(String message) {
    super(message);
  }
}
