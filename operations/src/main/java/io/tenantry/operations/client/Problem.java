package io.tenantry.operations.client;

import io.tenantry.operations.terminal.CommandFailure;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.tenancy.error.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Turns the API's problem documents into failures of a command. */
final class Problem {

  private static final int SERVER_ERRORS = 500;
  private static final int TOO_MANY = 429;

  private Problem() {}

  static CommandFailure of(int status, JsonNode problem) {
    List<String> more = new ArrayList<>();
    for (JsonNode error : problem.path("errors")) {
      more.add(error.path("pointer").asString("") + ": " + error.path("detail").asString(""));
    }
    String hint = problem.path("hint").asString("");
    if (!hint.isEmpty()) {
      more.add(hint);
    }
    more.add(
        "("
            + problem.path("code").asString("")
            + ", request "
            + problem.path("requestId").asString("unknown")
            + ")");
    return new CommandFailure(
        exitCode(status, problem.path("code").asString("")),
        problem.path("detail").asString(problem.path("title").asString("")),
        more.toArray(String[]::new));
  }

  /** By the catalogue; by the status for a code of a newer server. */
  private static int exitCode(int status, String code) {
    return Arrays.stream(ErrorCode.values())
        .filter(known -> known.id().equals(code))
        .map(known -> ExitCode.of(known.category()))
        .findFirst()
        .orElse(status >= SERVER_ERRORS || status == TOO_MANY ? ExitCode.FAILED : ExitCode.REFUSED);
  }
}
