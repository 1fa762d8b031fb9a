package io.tenantry.operations.terminal;

import picocli.CommandLine.Option;

/** The options of every command that answers data. */
public final class AnswerOptions {

  @Option(
      names = "--output",
      paramLabel = "FORM",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private OutputForm output = OutputForm.table;

  @Option(
      names = {"-v", "--verbose"},
      description = "Says on the error stream what it talks to.")
  private boolean verbose;

  public boolean json() {
    return output == OutputForm.json;
  }

  public boolean verbose() {
    return verbose;
  }
}
