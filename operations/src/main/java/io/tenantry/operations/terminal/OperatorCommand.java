package io.tenantry.operations.terminal;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command of an operator has. Each is used once, by one thread. */
@Command(mixinStandardHelpOptions = true, versionProvider = BuildVersion.class)
public abstract class OperatorCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(
      names = {"-v", "--verbose"},
      description = "Says on the error stream what it talks to.")
  private boolean verbose;

  @Spec private CommandSpec spec = CommandSpec.create();

  protected OperatorCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Does it, and answers what the command ends with, one of {@link ExitCode}. */
  protected abstract int run() throws Exception;

  @Override
  public final Integer call() throws Exception {
    CommandLog.toErrorStream(verbose);
    return run();
  }

  protected final Surroundings surroundings() {
    return surroundings;
  }

  /** For data; nothing that steers a terminal gets through. */
  protected final PrintWriter out() {
    return PlainWriter.to(rawOut());
  }

  /** For data that are passed on as they are, to a file or another program. */
  protected final PrintWriter rawOut() {
    return spec.commandLine().getOut();
  }

  /** For everything else; nothing that steers a terminal gets through. */
  protected final PrintWriter err() {
    return PlainWriter.to(spec.commandLine().getErr());
  }

  /** A line on the error stream that says who speaks. */
  protected final void tell(String what) {
    err().println("tenantry: " + what);
  }

  /** As {@link #tell}, for who has asked what this command talks to. */
  protected final void tellVerbose(String what) {
    if (verbose) {
      tell(what);
    }
  }

  /** On the error stream. */
  protected final Progress progress() {
    return Progress.of(surroundings, spec.commandLine().getErr());
  }

  /** That the command was called wrongly; its usage is shown with it. */
  protected final ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
