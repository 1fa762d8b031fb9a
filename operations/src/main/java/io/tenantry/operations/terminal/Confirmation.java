package io.tenantry.operations.terminal;

import org.jspecify.annotations.Nullable;

/** Has an operator name once more what is changed, before something that hurts. */
public final class Confirmation {

  private Confirmation() {}

  /**
   * Returns when the name was said again: by the option or, where that is left out, on the
   * terminal.
   *
   * @param option null when it is left out
   * @param does what is about to happen, without a full stop
   * @param way how the option is given, for who has no terminal
   * @throws CommandFailure when it was not
   */
  public static void demand(
      OperatorCommand command, @Nullable String option, String name, String does, String way) {
    if (option != null) {
      if (!option.equals(name)) {
        throw not(does + ", and --confirm names '" + option + "'; say so again with " + way + ".");
      }
      return;
    }
    String typed =
        command
            .surroundings()
            .ask(PlainText.line(does) + ". Type " + name + " to go on: ")
            .orElseThrow(() -> not(does + "; say so again with " + way + "."));
    if (!typed.equals(name)) {
      throw not("'" + typed + "' is not '" + name + "'.");
    }
  }

  /** Without the command's usage: the reason would be far above it. */
  private static CommandFailure not(String why) {
    return new CommandFailure(ExitCode.USAGE, why, "Nothing was changed.");
  }
}
