package io.tenantry.operations.terminal;

import io.tenantry.tenancy.error.ErrorCategory;

/** What a command ends with. Scripts are written against them; a number keeps its meaning. */
public final class ExitCode {

  /** Done, and nothing unsafe was found. */
  public static final int DONE = 0;

  /** It could not be done or looked at, which says nothing about the platform. */
  public static final int FAILED = 1;

  /** Called wrongly. */
  public static final int USAGE = 2;

  /** Looked, and found something unsafe, or a schema that is not as it should be. */
  public static final int UNSAFE = 3;

  /** Understood and refused: not allowed, not there, or its state forbids it. */
  public static final int REFUSED = 4;

  /** Carried out, and at least one tenant or operation failed. */
  public static final int INCOMPLETE = 5;

  /** Not at its end when the command ended: still under way, paused, or not begun. */
  public static final int UNFINISHED = 6;

  /** Ctrl-C ended it; what shells and the JVM give a process that SIGINT ends. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}

  /** What an expected failure of that category ends with. */
  public static int of(ErrorCategory category) {
    return switch (category) {
      case REQUEST, ACCESS, CONFLICT -> REFUSED;
      default -> FAILED;
    };
  }
}
