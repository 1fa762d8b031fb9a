package io.tenantry.operations.terminal;

import java.util.List;
import java.util.stream.Stream;

/** Why a command ends early, in words for people. Never holds a secret. */
public final class CommandFailure extends RuntimeException {

  private final int exitCode;
  private final transient List<String> more;

  /**
   * @param exitCode one of {@link ExitCode}
   * @param detail what is wrong, with the value at fault
   * @param more further lines: the way out first
   */
  public CommandFailure(int exitCode, String detail, String... more) {
    super(detail);
    this.exitCode = exitCode;
    this.more = List.of(more);
  }

  public int exitCode() {
    return exitCode;
  }

  /** The lines to be shown. */
  public List<String> lines() {
    return Stream.concat(
            Stream.of("tenantry: " + getMessage()), more.stream().map(line -> "  " + line))
        .map(PlainText::line)
        .toList();
  }
}
