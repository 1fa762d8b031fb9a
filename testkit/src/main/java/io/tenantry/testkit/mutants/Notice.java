package io.tenantry.testkit.mutants;

import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;

/** Tells a test that has noticed a mutant from one that never came so far as to look. */
final class Notice {

  /** Where servers and processes of the tests are started; an assertion is never made there. */
  private static final Set<String> STARTERS =
      Set.of(
          "io.tenantry.testkit.ChildProcess",
          "io.tenantry.testkit.ContainerServer",
          "io.tenantry.testkit.EmbeddedServer",
          "io.tenantry.testkit.GivenServer",
          "io.tenantry.testkit.PgBouncer",
          "io.tenantry.testkit.TestPostgres");

  private Notice() {}

  /**
   * Whether a test's assertion failed, or its own method met the failure. Not so where a class as a
   * whole failed, a field or a method before each test, a class could not be loaded or initialised,
   * or a server or process did not start or was not there.
   */
  static boolean isATests(TestIdentifier failed, Throwable failure) {
    if (!failed.isTest()) {
      return false;
    }
    List<Throwable> chain = chain(failure);
    if (chain.stream().anyMatch(Notice::isOfTheSurroundings)) {
      return false;
    }
    if (chain.stream().anyMatch(AssertionError.class::isInstance)) {
      return true;
    }
    return failed.getSource().orElse(null) instanceof MethodSource method
        && chain.stream().anyMatch(at -> passes(at, method));
  }

  private static boolean isOfTheSurroundings(Throwable at) {
    if (at instanceof LinkageError
        || at instanceof VirtualMachineError
        || at instanceof ConnectException) {
      return true;
    }
    return !(at instanceof AssertionError)
        && Stream.of(at.getStackTrace())
            .map(StackTraceElement::getClassName)
            .anyMatch(
                name ->
                    name.startsWith("io.tenantry.embedded.")
                        || STARTERS.contains(name.replaceAll("\\$.*", "")));
  }

  private static boolean passes(Throwable at, MethodSource method) {
    String type = method.getJavaMethod().getDeclaringClass().getName();
    return Stream.of(at.getStackTrace())
        .anyMatch(
            frame ->
                frame.getClassName().equals(type)
                    && frame.getMethodName().equals(method.getMethodName()));
  }

  /** The failure, what caused it, what caused that, and so on. */
  static List<Throwable> chain(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      chain.add(at);
    }
    return chain;
  }
}
