package io.tenantry.operations.tenants;

import io.tenantry.operations.client.AdminApi;
import io.tenantry.operations.client.ApiAnswer;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Surroundings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** A command that orders something which the platform then carries out, and may wait for it. */
abstract class Ordered extends OneTenant {

  @Option(
      names = "--wait",
      description = "Waits until it is carried out, and shows each step as it ends.")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "How long --wait waits, 1 to 86400 (default: ${DEFAULT-VALUE}).")
  private int timeout = 600;

  Ordered(Surroundings surroundings) {
    super(surroundings);
  }

  /** Orders it; the answer names the operation when there is something to be done. */
  abstract ApiAnswer order(AdminApi api);

  @Override
  final int run(AdminApi api) {
    if (timeout < 1 || timeout > Duration.ofDays(1).toSeconds()) {
      throw wrong("--timeout is " + timeout + "; it takes 1 to 86400.");
    }
    ApiAnswer answer = order(api);
    Optional<String> location = answer.location();
    if (location.isEmpty()) {
      show(answer.body(), TenantText.of(answer.body()));
      return ExitCode.DONE;
    }
    if (!wait) {
      show(answer.body(), TenantText.of(answer.body()));
      tell("under way as " + location.get() + "; --wait waits for it.");
      return ExitCode.DONE;
    }
    JsonNode operation =
        new OperationFollower(api, err()).follow(location.get(), Duration.ofSeconds(timeout));
    return ended(answer, operation);
  }

  private int ended(ApiAnswer answer, JsonNode operation) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("tenant", answer.body());
    document.put("operation", operation);
    show(document, OperationText.of(operation));
    if (!OperationFollower.finished(operation)) {
      tell("not done within " + timeout + " s; it goes on.");
      return ExitCode.UNFINISHED;
    }
    return operation.path("state").asString("").equals("SUCCEEDED")
        ? ExitCode.DONE
        : ExitCode.INCOMPLETE;
  }
}
