package io.tenantry.operations.command;

/** What a command ends with. Scripts are written against them. */
public final class ExitCode {

  /** Done, and nothing unsafe was found. */
  public static final int DONE = 0;

  /** It could not be done or looked at, which says nothing about the platform. */
  public static final int FAILED = 1;

  /** Called wrongly. */
  public static final int USAGE = 2;

  /** Looked, and found something unsafe. */
  public static final int UNSAFE = 3;

  private ExitCode() {}
}
