package io.tenantry.standalone.changes;

import io.tenantry.migrations.rules.BrokenRulesException;
import io.tenantry.migrations.rules.ChangeSetLinter;
import io.tenantry.migrations.rules.Releases;
import io.tenantry.migrations.rules.RuleFinding;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** For whoever writes changesets, in a checkout of the source. */
@Command(
    name = "changes",
    description = "Judges, drafts and releases changesets, in a checkout of the source.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class ChangesCommand implements Runnable {

  private static final int FAILED = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--trees",
      paramLabel = "FOLDER",
      defaultValue = "migrations/src/main/resources/db",
      description = "Where platform.xml and tenant.xml are (${DEFAULT-VALUE}).")
  private Path trees = Path.of("migrations", "src", "main", "resources", "db");

  /** Without a subcommand there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing.");
  }

  /** What breaks a rule of docs/migrations/rules.md; 1 when anything does. */
  @Command(name = "lint", description = "Says which changesets break a rule.")
  int lint() throws IOException {
    return told(new ChangeSetLinter(demanded(), MappedTables.ofProduct().mapping()).lint());
  }

  /** Writes down that the changesets are released, so that they keep their text. */
  @Command(name = "release", description = "Writes down that all changesets are released.")
  int release() throws IOException {
    try {
      Releases.release(demanded(), MappedTables.ofProduct().mapping());
      return 0;
    } catch (BrokenRulesException e) {
      return told(e.findings());
    }
  }

  /** Writes what is mapped and not made yet as the next numbered file. */
  @Command(name = "draft", description = "Drafts a changeset from the mapping.")
  int draft(
      @Parameters(
              paramLabel = "NAME",
              arity = "0..1",
              defaultValue = "",
              description = "As in desk_limits.")
          String name)
      throws IOException {
    try {
      DraftFolder.demandName(name);
      DraftFolder folder = new DraftFolder(demanded());
      try (ScratchDatabase scratch = ScratchDatabase.start()) {
        for (Path file : folder.write(name, scratch.difference(MappedTables.ofProduct()))) {
          out().println(file + ": a draft; its comments say what is left to do");
        }
      }
      return 0;
    } catch (DraftRefusedException e) {
      spec.commandLine().getErr().println("tenantry: " + e.getMessage());
      return FAILED;
    }
  }

  private int told(List<RuleFinding> findings) {
    findings.forEach(out()::println);
    out().println(findings.isEmpty() ? "No finding." : findings.size() + " findings.");
    out().flush();
    return findings.isEmpty() ? 0 : FAILED;
  }

  private Path demanded() {
    if (!Files.exists(trees.resolve("tenant.xml"))) {
      throw new ParameterException(
          spec.commandLine(),
          "There is no tenant.xml in '"
              + trees
              + "'. Run it at the root of the source, or say --trees.");
    }
    return trees;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
