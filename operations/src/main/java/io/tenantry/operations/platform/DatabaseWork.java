package io.tenantry.operations.platform;

import io.tenantry.operations.terminal.AnsweringCommand;
import io.tenantry.operations.terminal.Surroundings;
import picocli.CommandLine.Command;

/** A command that works on the database itself, and answers data. */
@Command(footerHeading = Platform.HELP)
public abstract class DatabaseWork extends AnsweringCommand {

  protected DatabaseWork(Surroundings surroundings) {
    super(surroundings);
  }

  /** Does it, and answers what the command ends with. */
  protected abstract int run(Platform platform);

  @Override
  protected final int run() {
    Platform platform = Platform.of(surroundings());
    tellVerbose("works on the database " + platform.where() + " itself");
    return run(platform);
  }
}
