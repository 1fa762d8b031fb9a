package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.tenantry.fixture.CrashingApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
      throws IOException, InterruptedException {
    Path port = folder.resolve("port");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CrashingApi.class.getName(),
                port.toString()));
    command.addAll(List.of(ApiServer.settings()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try {
      await().atMost(Duration.ofMinutes(3)).until(() -> Files.exists(port) || !process.isAlive());
      assertThat(port).as(() -> read(folder.resolve("log"))).exists();
      int number = Integer.parseInt(Files.readString(port));
      Call get = ready.apply(number);
      await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> get.send().is(200));
      Call dying = post.apply(number);

      assertThat(catchThrowable(dying::send)).isInstanceOf(UncheckedIOException.class);
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isEqualTo(137);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
