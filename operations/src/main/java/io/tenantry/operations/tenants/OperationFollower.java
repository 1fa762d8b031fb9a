package io.tenantry.operations.tenants;

import io.tenantry.operations.client.AdminApi;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Follows an operation to its end, by asking the API to answer when there is something new. */
final class OperationFollower {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final AdminApi api;
  private final PrintWriter err;
  private final Set<String> told = new HashSet<>();

  OperationFollower(AdminApi api, PrintWriter err) {
    this.api = api;
    this.err = err;
  }

  /**
   * The operation as it is at its end, or when the time is over; each step is told as it ends.
   *
   * @param location its path
   * @param most above 0
   */
  JsonNode follow(String location, Duration most) {
    long end = System.nanoTime() + most.toNanos();
    JsonNode operation = api.get(location).body();
    tell(operation);
    while (!finished(operation)) {
      long left = Duration.ofNanos(end - System.nanoTime()).toSeconds();
      if (left < 1) {
        return operation;
      }
      operation =
          api.get(location + "?wait=" + Math.min(left, LONGEST_WAIT.toSeconds()) + "s").body();
      tell(operation);
    }
    return operation;
  }

  private void tell(JsonNode operation) {
    for (JsonNode step : operation.path("steps")) {
      String state = step.path("state").asString("");
      String name = step.path("name").asString("");
      if (ended(state) && told.add(name)) {
        String detail = step.path("detail").asString("");
        err.println(OperationText.step(name, state, detail));
        err.flush();
      }
    }
  }

  static boolean finished(JsonNode operation) {
    return ended(operation.path("state").asString(""));
  }

  private static boolean ended(String state) {
    return state.equals("SUCCEEDED") || state.equals("FAILED");
  }
}
