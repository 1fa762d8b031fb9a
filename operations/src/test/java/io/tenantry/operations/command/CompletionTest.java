package io.tenantry.operations.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.operations.terminal.ExitCode;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script, read by a real bash. */
class CompletionTest {

  @TempDir private Path folder;

  @Test
  void bashCompletesCommandsOptionsAndValues() throws Exception {
    assertThat(completed("tenantry", "te")).containsExactly("tenant");
    assertThat(completed("tenantry", "tenant", "su")).containsExactly("suspend");
    assertThat(completed("tenantry", "tenant", "list", "--outp")).contains("--output");
    assertThat(completed("tenantry", "tenant", "list", "--output", "j")).containsExactly("json");
    assertThat(completed("tenantry", "migrate", "re"))
        .containsExactlyInAnyOrder("resume", "revert");
  }

  @Test
  void theScriptIsForBothShellsAndAnotherOneIsRefused() {
    assertThat(Ran.command(Map.of(), "completion", "zsh").out())
        .contains("ZSH_VERSION", "bashcompinit", "_complete_tenantry");
    assertThat(Ran.command(Map.of(), "completion", "fish").exit()).isEqualTo(ExitCode.USAGE);
  }

  private List<String> completed(String... words) throws Exception {
    Ran script = Ran.command(Map.of(), "completion", "bash");
    assertThat(script.exit()).isEqualTo(ExitCode.DONE);
    Path file = Files.writeString(folder.resolve("completion"), script.out());
    String bash =
        "source '"
            + file
            + "'; COMP_WORDS=("
            + String.join(" ", words)
            + "); COMP_CWORD="
            + (words.length - 1)
            + "; COMP_LINE='"
            + String.join(" ", words)
            + "'; COMP_POINT=${#COMP_LINE}; _complete_tenantry; printf '%s\\n' \"${COMPREPLY[@]}\"";
    // Outside of a completion compopt complains; what counts is what it would offer.
    Process process =
        new ProcessBuilder("bash", "--norc", "-c", bash).redirectError(Redirect.DISCARD).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
