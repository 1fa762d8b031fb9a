package io.tenantry.operations.certificate;

import io.tenantry.operations.terminal.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The parent of the commands about certificates. */
@Command(
    name = "certificate",
    description = "Certificates of purged tenants: what was removed, signed by the platform.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class CertificateCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  /** With all that are below it. */
  public static CommandLine commandLine(Surroundings surroundings) {
    return new CommandLine(new CertificateCommand())
        .addSubcommand(new FetchCommand(surroundings))
        .addSubcommand(new VerifyCommand(surroundings));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing.");
  }
}
