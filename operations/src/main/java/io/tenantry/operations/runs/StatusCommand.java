package io.tenantry.operations.runs;

import io.tenantry.control.MigrationRun;
import io.tenantry.control.MigrationRuns;
import io.tenantry.control.SchemaRegistry;
import io.tenantry.control.TenantSchema;
import io.tenantry.migrations.plan.PlanCompiler;
import io.tenantry.operations.platform.DatabaseWork;
import io.tenantry.operations.platform.Platform;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Surroundings;
import io.tenantry.operations.terminal.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    description = {
      "How many schemas are at which version, and which failed or have drifted.",
      "With the id of a run: what that did."
    },
    footer = {"", "Example: tenantry migrate status --check && echo 'all are at this version'"})
final class StatusCommand extends DatabaseWork {

  @Option(
      names = "--check",
      description = "Ends with 6 when a schema is not at this build's version.")
  private boolean check;

  @Mixin private RunChoice choice = new RunChoice();

  StatusCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run(Platform platform) {
    Workshop workshop = new Workshop(platform);
    MigrationRuns runs = workshop.runs();
    if (choice.given()) {
      RunReport report = RunReport.of(runs, choice.of(runs));
      show(report.document(), report.table());
      return report.exitCode();
    }
    Census census =
        new Census(PlanCompiler.tenantTree().plan(), new SchemaRegistry(workshop.control()).all());
    Optional<MigrationRun> unfinished = runs.unfinished();
    show(
        document(census, unfinished.map(run -> RunReport.of(runs, run).document())),
        text(census, unfinished.map(run -> RunReport.of(runs, run).table())));
    return check && census.elsewhere() > 0 ? ExitCode.UNFINISHED : ExitCode.DONE;
  }

  private static String text(Census census, Optional<String> run) {
    Table versions = new Table("VERSION", "SCHEMAS", "");
    for (Census.Version version : census.versions()) {
      versions.add(
          version.id(),
          Integer.toString(version.schemas()),
          version.behind() == 0
              ? "this build"
              : version.behind() < 0
                  ? "not of this build"
                  : version.behind()
                      + (version.behind() == 1 ? " changeset behind" : " changesets behind"));
    }
    StringBuilder text = new StringBuilder(versions.toString());
    if (!census.failed().isEmpty()) {
      Table failed = new Table("FAILED", "AT", "SQLSTATE");
      census
          .failed()
          .forEach(
              schema ->
                  failed.add(
                      schema.tenant().toString(),
                      String.valueOf(schema.failedChangeset()),
                      schema.failedSqlState() == null ? "-" : schema.failedSqlState()));
      text.append("\n\n").append(failed);
    }
    if (!census.drifted().isEmpty()) {
      Table drifted = new Table("DRIFTED", "VERSION");
      census.drifted().forEach(schema -> drifted.add(schema.tenant().toString(), schema.version()));
      text.append("\n\n").append(drifted);
    }
    run.ifPresent(unfinished -> text.append("\n\n").append(unfinished));
    return text.append(
            "\n\n%d schemas, %d not at %s."
                .formatted(census.schemas().size(), census.elsewhere(), census.plan().version()))
        .toString();
  }

  private static Map<String, Object> document(
      Census census, Optional<Map<String, Object>> unfinished) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("version", census.plan().version());
    document.put("schemas", census.schemas().size());
    document.put("elsewhere", census.elsewhere());
    document.put("versions", census.versions());
    document.put("failed", ids(census.failed()));
    document.put("drifted", ids(census.drifted()));
    document.put("run", unfinished);
    return document;
  }

  private static List<String> ids(List<TenantSchema> schemas) {
    return schemas.stream().map(schema -> schema.tenant().toString()).toList();
  }
}
