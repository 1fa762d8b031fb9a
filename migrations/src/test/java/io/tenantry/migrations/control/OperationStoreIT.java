package io.tenantry.migrations.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tenantry.control.ApiClientStore;
import io.tenantry.control.By;
import io.tenantry.control.DoneStep;
import io.tenantry.control.LeaseLostException;
import io.tenantry.control.Operation;
import io.tenantry.control.OperationState;
import io.tenantry.control.OperationStore;
import io.tenantry.control.TenantSpec;
import io.tenantry.control.TenantStore;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.error.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class OperationStoreIT {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(100);

  @Test
  void twoWorkersNeverGetTheSameOperation() throws Exception {
    DutyDataSource control = TestPlatform.installed("claims").as(Duty.CONTROL);
    OperationStore operations = new OperationStore(control);
    List<UUID> queued = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      queued.add(queue(control, "claimed-" + i).id());
    }
    List<UUID> claimed = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<List<UUID>>> workers = new ArrayList<>();
      for (String worker : List.of("one", "two")) {
        workers.add(threads.submit(() -> claimAll(operations, worker)));
      }
      for (Future<List<UUID>> worker : workers) {
        claimed.addAll(worker.get());
      }
    }
    assertThat(claimed).containsExactlyInAnyOrderElementsOf(queued);
  }

  private static List<UUID> claimAll(OperationStore operations, String worker) {
    List<UUID> mine = new ArrayList<>();
    Optional<Operation> next = operations.claimNext(worker, LONG);
    while (next.isPresent()) {
      mine.add(next.get().id());
      next = operations.claimNext(worker, LONG);
    }
    return mine;
  }

  @Test
  void aLeaseThatPassedGoesToAnotherWorkerAndTheFirstOneIsTold() {
    DutyDataSource control = TestPlatform.installed("leases").as(Duty.CONTROL);
    OperationStore operations = new OperationStore(control);
    UUID id = queue(control, "leased").id();
    assertThat(operations.claim(id, "one", SHORT)).isPresent();
    operations.startStep(id, "one", null, 1, "first");
    await().until(() -> operations.claimNext("two", LONG).isPresent());
    assertThat(operations.find(id).orElseThrow().attempt()).isEqualTo(2);
    assertThatThrownBy(() -> operations.heartbeat(id, "one", LONG))
        .isInstanceOf(LeaseLostException.class);
    assertThatThrownBy(() -> operations.startStep(id, "one", new DoneStep(1, null), 2, "second"))
        .isInstanceOf(LeaseLostException.class);
    assertThatThrownBy(() -> operations.succeed(id, "one")).isInstanceOf(LeaseLostException.class);
    operations.heartbeat(id, "two", LONG);
    operations.fail(id, "two", ErrorCode.PROVISIONING_FAILED, "no reason");
    assertThat(operations.steps(id))
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.state()).isEqualTo(OperationState.FAILED);
              assertThat(step.detail()).isEqualTo("no reason");
            });
    assertThat(operations.find(id).orElseThrow().errorCode()).isEqualTo("provisioning_failed");
    assertThat(operations.claim(id, "three", LONG)).isEmpty();
  }

  @Test
  void whatIsGivenBackIsClaimedAtOnce() {
    DutyDataSource control = TestPlatform.installed("releases").as(Duty.CONTROL);
    OperationStore operations = new OperationStore(control);
    UUID id = queue(control, "released").id();
    assertThat(operations.claim(id, "one", LONG)).isPresent();
    assertThat(operations.claim(id, "two", LONG)).isEmpty();
    operations.release(id, "one", true);
    assertThat(operations.claim(id, "two", LONG)).isPresent();
    assertThat(operations.find(id).orElseThrow().attempt()).isEqualTo(2);
    operations.release(id, "two", false);
    assertThat(operations.find(id).orElseThrow().attempt()).isEqualTo(1);
  }

  @Test
  void whoHasToWaitLetsThoseThroughThatCameMeanwhile() {
    DutyDataSource control = TestPlatform.installed("waits").as(Duty.CONTROL);
    OperationStore operations = new OperationStore(control);
    UUID waiting = queue(control, "waiting").id();
    UUID later = queue(control, "later").id();
    assertThat(operations.claimNext("one", LONG)).map(Operation::id).contains(waiting);
    operations.defer(waiting, "one", "for something", Duration.ZERO);
    assertThat(operations.claimNext("one", LONG)).map(Operation::id).contains(later);
    assertThat(operations.claimNext("two", LONG)).map(Operation::id).contains(waiting);
  }

  @Test
  void aClientIsMadeOnceAndItsHashIsNotPrinted() {
    ApiClientStore clients = new ApiClientStore(TestPlatform.installed("clients").as(Duty.CONTROL));
    assertThat(clients.insertIfAbsent("platform", null, "{noop}hush", Set.of("platform:read")))
        .isTrue();
    assertThat(clients.insertIfAbsent("platform", null, "{noop}other", Set.of("a", "b"))).isFalse();
    assertThat(clients.find("platform").orElseThrow())
        .satisfies(
            client -> {
              assertThat(client.secretHash()).isEqualTo("{noop}hush");
              assertThat(client.scopes()).containsExactly("platform:read");
              assertThat(client.toString()).doesNotContain("hush");
            });
    assertThat(clients.find("nobody")).isEmpty();
  }

  private static Operation queue(DutyDataSource control, String slug) {
    return new TenantStore(control)
        .put(TenantSpec.of(new TenantSlug(slug), slug), null, false, By.worker("test"))
        .pending()
        .orElseThrow();
  }
}
