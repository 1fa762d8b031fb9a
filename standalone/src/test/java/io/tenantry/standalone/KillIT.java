package io.tenantry.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.standalone.ApiClientCall.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed with -9 while it serves; the next run has everything it acknowledged. */
class KillIT {

  private static final int WRITERS = 4;
  private static final int ACKNOWLEDGED_AT_LEAST = 200;
  private static final String ORDER =
      "{\"symbol\":\"ACME\",\"side\":\"BUY\",\"type\":\"MARKET\",\"quantity\":\"1\"}";

  @TempDir private static Path temp;

  @Test
  void whatWasAcknowledgedIsThereAndTheOrphanedServerIsDealtWith() throws Exception {
    Path home = temp.resolve("home");
    Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    long orphan;
    try (RunningSystem first = RunningSystem.start(home)) {
      orphan = first.serverPid();
      writeUntilKilled(first, acknowledged);
    }
    assertThat(ProcessHandle.of(orphan)).as("the server outlives the kill").isPresent();
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED_AT_LEAST);

    try (RunningSystem second = RunningSystem.start(home);
        ApiClientCall api = second.api()) {
      assertThat(second.serverPid()).isNotEqualTo(orphan);
      assertThat(ProcessHandle.of(orphan)).isEmpty();
      String token = api.token("acme");
      assertThat(acknowledged)
          .allSatisfy(id -> assertThat(api.get(token, "/v1/orders/" + id).status()).isEqualTo(200));
    }
  }

  private static void writeUntilKilled(RunningSystem system, Queue<String> acknowledged)
      throws InterruptedException {
    try (ApiClientCall api = system.api();
        ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      String token = api.token("acme");
      List<Runnable> work = Collections.nCopies(WRITERS, () -> write(api, token, acknowledged));
      work.forEach(writers::execute);
      try {
        Awaitility.await()
            .atMost(Duration.ofMinutes(2))
            .until(() -> acknowledged.size() >= ACKNOWLEDGED_AT_LEAST);
      } finally {
        // Whatever came before: the writers end with the system, and the executor with them.
        system.kill();
      }
    }
  }

  /** Places orders until nobody answers any more. */
  private static void write(ApiClientCall api, String token, Queue<String> acknowledged) {
    while (true) {
      Answer answer;
      try {
        answer = api.post(token, "/v1/orders", ORDER);
      } catch (RuntimeException killed) {
        return;
      }
      if (answer.status() == 201) {
        acknowledged.add(answer.body().path("id").asString());
      }
    }
  }
}
