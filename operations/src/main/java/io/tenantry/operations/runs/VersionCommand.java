package io.tenantry.operations.runs;

import io.tenantry.migrations.plan.CompiledTree;
import io.tenantry.migrations.plan.PlanCompiler;
import io.tenantry.operations.terminal.AnsweringCommand;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Surroundings;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "version",
    description = "The version of tenants' schemas that this build makes. Asks no database.",
    footer = {"", "Example: tenantry migrate version"})
final class VersionCommand extends AnsweringCommand {

  VersionCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    CompiledTree tree = PlanCompiler.tenantTree();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("version", tree.plan().version());
    document.put("changeSets", tree.plan().changeSets().size());
    document.put("historyHash", tree.plan().historyHash());
    document.put("textHash", tree.textHash());
    show(
        document,
        "%s (%d changesets, text %s)"
            .formatted(
                tree.plan().version(),
                tree.plan().changeSets().size(),
                tree.textHash().substring(0, 12)));
    return ExitCode.DONE;
  }
}
