package io.tenantry.operations.tenants;

import io.tenantry.operations.client.AdminApi;
import io.tenantry.operations.client.ApiTarget;
import io.tenantry.operations.terminal.AnswerOptions;
import io.tenantry.operations.terminal.CommandLog;
import io.tenantry.operations.terminal.Json;
import io.tenantry.operations.terminal.Surroundings;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** A command that asks the admin API. */
abstract class ApiCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private AnswerOptions answers = new AnswerOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  ApiCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public final Integer call() {
    CommandLog.toErrorStream(answers.verbose());
    try (AdminApi api = new AdminApi(ApiTarget.of(surroundings))) {
      if (answers.verbose()) {
        err().println("tenantry: talks to the admin API at " + api.where());
      }
      return run(api);
    }
  }

  /** Does it, and answers what the command ends with. */
  abstract int run(AdminApi api);

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

  /** As the API sent it for programs, else as the text. */
  final void show(JsonNode document, String text) {
    out().println(json() ? Json.text(document) : text);
  }

  /**
   * What an operator has to type once more, from the option or, when somebody sits there, asked.
   */
  final Optional<String> confirmation(Optional<String> option, String question) {
    return option.isPresent() ? option : surroundings.ask(question);
  }
}
