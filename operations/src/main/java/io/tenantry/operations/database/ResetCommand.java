package io.tenantry.operations.database;

import io.tenantry.operations.platform.Platform;
import io.tenantry.operations.terminal.CommandFailure;
import io.tenantry.operations.terminal.CommandLog;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Surroundings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "reset",
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
    },
    mixinStandardHelpOptions = true)
final class ResetCommand implements Callable<Integer> {

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

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Surroundings surroundings;

  ResetCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    CommandLog.toErrorStream(false);
    Platform platform = Platform.of(surroundings.variables());
    demandNear(platform);
    demandConfirmed(platform);
    int roles = new DatabaseReset(platform, Who.superuserOf(platform)).run();
    spec.commandLine()
        .getOut()
        .println(
            platform.where()
                + " is empty again, and at this build's version; "
                + roles
                + " roles of tenants are gone.");
    spec.commandLine()
        .getErr()
        .println(
            "tenantry: restart what runs on it (make run): it still knows the tenants that were.");
    return ExitCode.DONE;
  }

  private void demandNear(Platform platform) {
    String host = platform.address().host();
    if (!isThisMachine(host) && !host.equals(remote)) {
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

  private void demandConfirmed(Platform platform) {
    String name = platform.address().database();
    Optional<String> typed =
        Optional.ofNullable(confirmed)
            .or(
                () ->
                    surroundings.ask(
                        "This drops "
                            + platform.where()
                            + " with all tenants. Type the database's name to go on: "));
    if (typed.filter(name::equals).isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "This drops "
              + platform.where()
              + " with all tenants; say its name with --confirm "
              + name
              + " (make db.reset CONFIRM="
              + name
              + ").");
    }
  }

  private static boolean isThisMachine(String host) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
