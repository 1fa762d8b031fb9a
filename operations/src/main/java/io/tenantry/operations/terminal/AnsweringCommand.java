package io.tenantry.operations.terminal;

import picocli.CommandLine.Option;

/** A command that answers data, for people or for programs. */
public abstract class AnsweringCommand extends OperatorCommand {

  @Option(
      names = "--output",
      paramLabel = "FORM",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private OutputForm output = OutputForm.table;

  protected AnsweringCommand(Surroundings surroundings) {
    super(surroundings);
  }

  protected final boolean json() {
    return output == OutputForm.json;
  }

  /** The document for programs, else the text. */
  protected final void show(Object document, String text) {
    out().println(json() ? Json.text(document) : text);
  }
}
