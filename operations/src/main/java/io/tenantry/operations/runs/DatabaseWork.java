package io.tenantry.operations.runs;

import io.tenantry.operations.platform.Platform;
import io.tenantry.operations.terminal.AnswerOptions;
import io.tenantry.operations.terminal.CommandLog;
import io.tenantry.operations.terminal.Json;
import io.tenantry.operations.terminal.Surroundings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that works on the database itself. */
abstract class DatabaseWork implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private AnswerOptions answers = new AnswerOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  DatabaseWork(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public final Integer call() {
    CommandLog.toErrorStream(answers.verbose());
    Platform platform = Platform.of(surroundings.variables());
    if (answers.verbose()) {
      err().println("tenantry: works on the database " + platform.where() + " itself");
    }
    return run(platform);
  }

  /** Does it, and answers what the command ends with. */
  abstract int run(Platform platform);

  final Surroundings surroundings() {
    return surroundings;
  }

  final CommandSpec spec() {
    return spec;
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  final boolean json() {
    return answers.json();
  }

  final void show(Object document, String text) {
    out().println(json() ? Json.text(document) : text);
  }
}
