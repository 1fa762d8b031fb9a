package io.tenantry.operations.terminal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;

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
   * @throws ParameterException when the option is missing, or names something else
   * @throws CommandFailure when something else was typed
   */
  public static void demand(
      OperatorCommand command, @Nullable String option, String name, String does, String way) {
    if (option != null) {
      if (!option.equals(name)) {
        throw command.wrong(
            does + ", and --confirm names '" + option + "'; say so again with " + way + ".");
      }
      return;
    }
    Optional<String> typed =
        command.surroundings().ask(PlainText.line(does) + ". Type " + name + " to go on: ");
    if (typed.isEmpty()) {
      throw command.wrong(does + "; say so again with " + way + ".");
    }
    if (!typed.get().equals(name)) {
      throw new CommandFailure(
          ExitCode.USAGE, "'" + typed.get() + "' is not '" + name + "'; nothing was changed.");
    }
  }
}
