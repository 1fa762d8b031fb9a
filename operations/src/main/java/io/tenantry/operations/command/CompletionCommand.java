package io.tenantry.operations.command;

import io.tenantry.operations.terminal.BuildVersion;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell has to read to complete the commands and their options. */
@Command(
    name = "completion",
    description = "Prints a script that has the shell complete commands and options.",
    footer = {
      "",
      "bash: source <(tenantry completion bash)",
      "zsh:  source <(tenantry completion zsh), in .zshrc behind compinit"
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class)
final class CompletionCommand implements Runnable {

  /** Those that there is a script for. */
  enum Shell {
    bash,
    zsh
  }

  @Parameters(index = "0", paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
  @SuppressWarnings("UnusedVariable") // One script serves both: it finds out which shell reads it.
  private Shell shell = Shell.bash;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    CommandSpec root = spec.root();
    spec.commandLine().getOut().println(AutoComplete.bash(root.name(), root.commandLine()));
  }
}
