package io.tenantry.testkit.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.testkit.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as noticed: of each way to fail, by the process that the harness starts. */
class NoticeTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(classes = {FailedAssertion.class, MetRefusal.class, MetRefusalElsewhere.class})
  void whatATestItselfMeetsIsNoticed(Class<?> test) throws Exception {
    assertThat(run(test)).isEqualTo(FirstFailure.NOTICED);
    assertThat(said()).startsWith("NoticeTest$" + test.getSimpleName()).contains("refused");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        FailsBeforeAll.class,
        FailsBeforeEach.class,
        FailsInAField.class,
        NeedsAClassThatFails.class,
        NeedsAProcessThatFails.class
      })
  void whatATestOnlyStandsOnIsNotNoticed(Class<?> test) throws Exception {
    assertThat(run(test)).isEqualTo(FirstFailure.NOT_SET_UP);
    assertThat(said().lines().skip(1).toList())
        .as("the chain")
        .anyMatch(l -> l.contains("refused"));
  }

  @Test
  void whatPassesIsNotNoticed() throws Exception {
    assertThat(run(Passes.class)).isZero();
  }

  private int run(Class<?> test) {
    try (ChildProcess process =
        ChildProcess.start(
            ChildProcess.java(
                "-cp",
                System.getProperty("java.class.path"),
                FirstFailure.class.getName(),
                folder.resolve("said").toString(),
                test.getName()),
            Map.of())) {
      return process.exitCode();
    }
  }

  private String said() throws Exception {
    return Files.readString(folder.resolve("said"));
  }

  private static void refuse() {
    throw new IllegalStateException("refused");
  }

  // By their names none of these is a test of the suite.

  static class Passes {
    @Test
    void passes() {}
  }

  static class FailedAssertion {
    @Test
    void asserts() {
      assertThat("served").isEqualTo("refused");
    }
  }

  static class MetRefusal {
    @Test
    void isRefused() {
      refuse();
    }
  }

  static class MetRefusalElsewhere {
    @Test
    void isRefused() throws Exception {
      CompletableFuture.runAsync(NoticeTest::refuse).get();
    }
  }

  static class FailsBeforeAll {
    @BeforeAll
    static void start() {
      refuse();
    }

    @Test
    void passes() {}
  }

  static class FailsBeforeEach {
    @BeforeEach
    void start() {
      refuse();
    }

    @Test
    void passes() {}
  }

  static class FailsInAField {
    private final String field = String.valueOf(made());

    private static int made() {
      refuse();
      return 1;
    }

    @Test
    void passes() {
      assertThat(field).isNotEmpty();
    }
  }

  static class NeedsAClassThatFails {
    static class Shared {
      static final int VALUE = FailsInAField.made();
    }

    @Test
    void needsIt() {
      assertThat(Shared.VALUE).isPositive();
    }
  }

  static class NeedsAProcessThatFails {
    @Test
    void needsIt() {
      var _ = ChildProcess.start(List.of("/nowhere/refused"), Map.of());
    }
  }
}
