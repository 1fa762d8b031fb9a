package io.tenantry.operations.database;

import io.tenantry.operations.platform.Platform;
import io.tenantry.operations.platform.ThisMachine;
import io.tenantry.operations.terminal.CommandFailure;
import io.tenantry.operations.terminal.Confirmation;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.OperatorCommand;
import io.tenantry.operations.terminal.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "reset",
    footerHeading = Platform.HELP,
    description = {
      "Drops the database with every tenant in it and makes an empty one of this build.",
      "Needs a superuser: that of a server of `make run`, or the one that DATABASE_URL names.",
      "The name of the database has to be said again; where the server is not on this machine, the",
      "host too. A tunnel looks like this machine: read what it answers before you confirm."
    },
    footer = {
      "",
      "Examples: tenantry db reset --confirm tenantry",
      "          tenantry db reset --confirm tenantry --remote db.example"
    })
final class ResetCommand extends OperatorCommand {

  @Option(
      names = "--confirm",
      paramLabel = "DATABASE",
      description = "Its name once more; asked for on a terminal when it is left out.")
  private @Nullable String confirmed;

  @Option(
      names = "--remote",
      paramLabel = "HOST",
      description = "The host once more, where it is another machine.")
  private @Nullable String remote;

  ResetCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    Platform platform = Platform.of(surroundings());
    demandNear(platform);
    String name = platform.address().database();
    Confirmation.demand(
        this,
        confirmed,
        name,
        "This drops " + platform.where() + " with all tenants",
        "--confirm " + name + " (make db.reset CONFIRM=" + name + ")");
    int roles = new DatabaseReset(platform, Who.superuserOf(platform)).run();
    out()
        .println(
            platform.where()
                + " is empty again, and at this build's version; "
                + roles
                + " roles of tenants are gone.");
    tell("restart what runs on it (make run): it still knows the tenants that were.");
    return ExitCode.DONE;
  }

  private void demandNear(Platform platform) {
    String host = platform.address().host();
    if (!ThisMachine.is(host) && !host.equals(remote)) {
      throw new CommandFailure(
          ExitCode.REFUSED,
          platform.where() + " is not on this machine; nothing was changed.",
          "If it is to be dropped all the same, say so twice: --remote "
              + host
              + " --confirm "
              + platform.address().database()
              + ".");
    }
  }
}
