package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.tenantry.fixture.CrashingApi;
import io.tenantry.testkit.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** A request to a process of its own, which dies after the commit and before the answer. */
final class CrashedPost {

  private CrashedPost() {}

  /**
   * Returns when the process is dead.
   *
   * @param ready asked until it is answered 200; both are given the process's port
   */
  static void send(Path folder, IntFunction<Call> ready, IntFunction<Call> post)
      throws IOException {
    Path port = folder.resolve("port");
    List<String> command =
        ChildProcess.java(
            "-cp",
            System.getProperty("java.class.path"),
            CrashingApi.class.getName(),
            port.toString());
    command.addAll(List.of(ApiServer.settings()));
    ChildProcess process = ChildProcess.start(command, Map.of());
    try {
      process.awaitStart(Duration.ofMinutes(3), () -> Files.exists(port));
      int number = Integer.parseInt(Files.readString(port));
      Call get = ready.apply(number);
      await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> get.send().is(200));
      Call dying = post.apply(number);

      assertThat(catchThrowable(dying::send)).isInstanceOf(UncheckedIOException.class);
      assertThat(process.exitCode()).isEqualTo(137);
    } finally {
      process.kill();
    }
  }
}
