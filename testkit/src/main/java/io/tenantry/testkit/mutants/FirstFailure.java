package io.tenantry.testkit.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs test classes until something in them fails; a process of its own. */
public final class FirstFailure {

  static final int FAILED = 3;

  private FirstFailure() {}

  /**
   * Ends the process: 0 when all passed, 3 after the first failure.
   *
   * @param arguments the file that gets a line about that failure, and the classes' full names
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
        String why = result.getThrowable().map(Throwable::toString).orElse("");
        tell(name(test) + " (" + why.lines().findFirst().orElse("").strip() + ")");
        System.exit(FAILED);
      }
    }

    private void tell(String failure) {
      try {
        Files.writeString(said, failure);
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
