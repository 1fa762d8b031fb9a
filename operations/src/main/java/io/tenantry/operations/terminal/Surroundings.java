package io.tenantry.operations.terminal;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a command is called in. Immutable.
 *
 * @param variables of the environment
 * @param interactive whether somebody sits there who can be asked
 */
public record Surroundings(Map<String, String> variables, boolean interactive) {

  public Surroundings {
    variables = Map.copyOf(variables);
  }

  /** Those of this process, with these variables. */
  public static Surroundings of(Map<String, String> variables) {
    return new Surroundings(variables, console().isPresent());
  }

  /** A variable; one that is blank counts as not set. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /** The folder of {@code make run}. */
  public Path home() {
    return Path.of(variable("TENANTRY_HOME").orElse(".tenantry"));
  }

  /** Whether a line may be written over; NO_COLOR takes everything away that is not plain. */
  public boolean movingLines() {
    return interactive
        && variable("NO_COLOR").isEmpty()
        && !variable("TERM").orElse("dumb").equals("dumb");
  }

  /** What somebody types; empty when nobody is there. */
  public Optional<String> ask(String question) {
    return interactive
        ? console().map(console -> console.readLine("%s", question)).map(String::strip)
        : Optional.empty();
  }

  /**
   * Whether what is written stands on a terminal, wherever input comes from; asks the shell's own
   * {@code test}, since Java's console tells of both together. When it cannot be told: yes.
   */
  public static boolean writesToTerminal() {
    if (console().isPresent()) {
      return true;
    }
    try {
      Process test = new ProcessBuilder("test", "-t", "1").inheritIO().start();
      return test.waitFor() != 1;
    } catch (IOException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** There is none, or one that is no terminal, where input or output lead elsewhere. */
  private static Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }
}
