package io.tenantry.operations.certificate;

import io.tenantry.operations.terminal.CommandGroup;
import io.tenantry.operations.terminal.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The parent of the commands about certificates. */
@Command(
    name = "certificate",
    description = "Certificates of purged tenants: what was removed, signed by the platform.")
public final class CertificateCommand extends CommandGroup {

  /** With all that are below it. */
  public static CommandLine commandLine(Surroundings surroundings) {
    return new CommandLine(new CertificateCommand())
        .addSubcommand(new FetchCommand(surroundings))
        .addSubcommand(new VerifyCommand(surroundings));
  }
}
