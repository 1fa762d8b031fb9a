package io.tenantry.testkit.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs test classes until something in them fails; a process of its own. */
public final class FirstFailure {

  /** A test has noticed something. */
  static final int NOTICED = 3;

  /** No test came so far. */
  static final int NOT_SET_UP = 4;

  private FirstFailure() {}

  /**
   * Ends the process: 0 when all passed, 3 after the first failure of a test, 4 when it was not the
   * test that failed but what it stands on.
   *
   * @param arguments the file that gets a line about that failure, and then all messages of what
   *     caused it; and the classes' full names
   */
  public static void main(String[] arguments) {
    List<String> classes = List.of(arguments).subList(1, arguments.length);
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(classes.stream().map(DiscoverySelectors::selectClass).toList())
                .build(),
            new Stop(Path.of(arguments[0])));
    System.exit(0);
  }

  /** Ends the process at once: what the tests still have open ends with it. */
  private record Stop(Path said) implements TestExecutionListener {

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (result.getStatus() == TestExecutionResult.Status.FAILED) {
        Throwable failure = result.getThrowable().orElseGet(() -> new AssertionError("no reason"));
        tell(name(test), failure);
        System.exit(Notice.isATests(test, failure) ? NOTICED : NOT_SET_UP);
      }
    }

    private void tell(String name, Throwable failure) {
      List<String> chain = Notice.chain(failure).stream().map(Throwable::toString).toList();
      // The first line of an assertion is often empty behind the colon.
      String why = chain.getFirst().lines().limit(3).collect(Collectors.joining(" ")).strip();
      try {
        Files.writeString(said, name + " (" + why + ")\n" + String.join("\n", chain));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String name(TestIdentifier test) {
      return test.getUniqueId()
          .replaceAll("^.*\\[class:(?:\\w+\\.)*", "")
          .replaceAll("[\\[\\]]", "");
    }
  }
}
