package io.tenantry.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What make would run; nothing is run. */
class MakefileTest {

  @Test
  void thePromptIsForWhoeverIsNamedAndElseForItsOwnDefault() throws Exception {
    assertThat(dry("db.psql")).contains(" db psql").doesNotContain("--as");
    assertThat(dry("db.psql", "AS=backup")).contains(" db psql --as \"backup\"");
  }

  private static String dry(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("make", "--dry-run"));
    command.addAll(List.of(arguments));
    ProcessBuilder make = new ProcessBuilder(command).redirectErrorStream(true);
    make.directory(Path.of("..").toFile());
    // Of the make that has started this test, where one has.
    make.environment().keySet().removeIf(name -> name.startsWith("MAKE") || name.equals("AS"));
    Process process = make.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }
}
