package io.tenantry.testkit.mutants;

import java.util.Arrays;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs test classes until something in them fails; a process of its own. */
public final class FirstFailure {

  static final int FAILED = 3;
  static final String MARK = "FIRST FAILURE ";

  private FirstFailure() {}

  /**
   * Ends the process: 0 when all passed, 3 after the first failure, which is printed.
   *
   * @param classes their full names
   */
  public static void main(String[] classes) {
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(Arrays.stream(classes).map(DiscoverySelectors::selectClass).toList())
                .build(),
            new Stop());
    System.exit(0);
  }

  /** Ends the process at once: what the tests still have open ends with it. */
  private static final class Stop implements TestExecutionListener {
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (result.getStatus() == TestExecutionResult.Status.FAILED) {
        String why = result.getThrowable().map(Throwable::toString).orElse("");
        System.out.println(
            MARK
                + test.getUniqueId()
                    .replaceAll("^.*\\[class:(?:\\w+\\.)*", "")
                    .replaceAll("[\\[\\]]", "")
                + " ("
                + why.lines().findFirst().orElse("").strip()
                + ")");
        System.out.flush();
        System.exit(FAILED);
      }
    }
  }
}
