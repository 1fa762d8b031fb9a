package io.tenantry.operations.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.testkit.ChildProcess;
import io.tenantry.testkit.PseudoTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process on a pseudo terminal, with its input or its output led elsewhere by a shell. */
class WritesToTerminalTest {

  /** Writes what it finds into a file: its output is what is in question. */
  static final class Asked {
    private Asked() {}

    public static void main(String[] args) throws IOException {
      Files.writeString(Path.of(args[0]), String.valueOf(Surroundings.writesToTerminal()));
    }
  }

  @TempDir private Path temp;

  @ParameterizedTest
  @CsvSource({
    "'', true",
    "' < /dev/null', true",
    "' > /dev/null', false",
    "' < /dev/null > /dev/null', false",
    "' | cat', false"
  })
  void itIsTheOutputAloneThatCounts(String led, boolean terminal) throws IOException {
    Path found = temp.resolve("found");
    List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\"" + led, "sh"));
    command.addAll(
        ChildProcess.java(
            "-cp", System.getProperty("java.class.path"), Asked.class.getName(), found.toString()));
    try (PseudoTerminal shell = PseudoTerminal.start(command, Map.of())) {
      assertThat(shell.exitCode()).as(shell.screen()).isZero();
    }
    assertThat(Files.readString(found)).isEqualTo(String.valueOf(terminal));
  }
}
