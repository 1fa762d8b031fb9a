package io.tenantry.embedded;

import org.jspecify.annotations.Nullable;

/**
 * The server could not be started, stopped or used as asked.
 *
 * <p>The message is one line that ends with the hint; {@link #hint()} is the way out alone. Neither
 * holds a password.
 */
public final class EmbeddedPostgresException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String hint;

  EmbeddedPostgresException(String problem, String hint) {
    this(problem, hint, null);
  }

  EmbeddedPostgresException(String problem, String hint, @Nullable Throwable cause) {
    super(oneLine(problem) + " (" + oneLine(hint) + ")", cause);
    this.hint = oneLine(hint);
  }

  public String hint() {
    return hint;
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
