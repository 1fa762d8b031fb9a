package io.tenantry.api.admin;

import io.tenantry.api.http.LongPoll;
import io.tenantry.api.http.Stopping;
import io.tenantry.api.resource.ResourceId;
import io.tenantry.control.Operation;
import io.tenantry.control.OperationStore;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/admin/v1/operations", produces = MediaType.APPLICATION_JSON_VALUE)
class OperationController {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  private final OperationStore operations;
  private final Stopping stopping;

  OperationController(OperationStore operations, Stopping stopping) {
    this.operations = operations;
    this.stopping = stopping;
  }

  @GetMapping("/{id}")
  OperationDocument read(
      @PathVariable String id, @RequestParam(name = "wait", required = false) @Nullable String wait)
      throws InterruptedException {
    UUID operation = ResourceId.parse("operation", id);
    long end = System.nanoTime() + LongPoll.parse(wait).toNanos();
    Operation found = find(operation);
    // A sleeping virtual thread holds no connection and no platform thread.
    while (!found.state().finished() && System.nanoTime() < end && !stopping.now()) {
      Thread.sleep(BETWEEN_LOOKS);
      found = find(operation);
    }
    return OperationDocument.of(found, operations.steps(operation));
  }

  private Operation find(UUID id) {
    return operations
        .find(id)
        .orElseThrow(
            () -> new TenantryException(ErrorCode.NOT_FOUND, "There is no operation " + id + "."));
  }
}
