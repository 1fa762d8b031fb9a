package io.tenantry.operations.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.operations.terminal.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What every command says of itself. */
class HelpTest {

  /** Lists of commands show the first line alone. */
  @Test
  void aCommandIsListedByAWholeSentence() {
    for (CommandLine command : below(Tenantry.commandLine(Map.of()))) {
      assertThat(command.getCommandSpec().usageMessage().description()[0])
          .as(command.getCommandSpec().qualifiedName())
          .endsWith(".")
          .hasSizeLessThan(90);
    }
  }

  @Test
  void aCommandSaysWhatItTalksTo() {
    for (CommandLine command : below(Tenantry.commandLine(Map.of()))) {
      if (command.getSubcommands().isEmpty() && !command.getCommandName().equals("completion")) {
        assertThat(command.getUsageMessage(Ansi.OFF))
            .as(command.getCommandSpec().qualifiedName())
            .containsPattern(
                "Talks to the admin API|Works on the database itself|[Aa]sks no (server|database)");
      }
    }
  }

  @Test
  void versionAndHelpAreAnswered() {
    assertThat(Ran.command(Map.of(), "--version").out()).startsWith("tenantry ");
    Ran help = Ran.command(Map.of(), "tenant", "list", "--help");
    assertThat(help.exit()).isEqualTo(ExitCode.DONE);
    assertThat(help.out()).contains("Usage:", "Example:");
    assertThat(Ran.command(Map.of(), "tenant").exit()).isEqualTo(ExitCode.USAGE);
  }

  private static List<CommandLine> below(CommandLine command) {
    List<CommandLine> all = new ArrayList<>();
    for (CommandLine one : command.getSubcommands().values()) {
      all.add(one);
      all.addAll(below(one));
    }
    return all;
  }
}
