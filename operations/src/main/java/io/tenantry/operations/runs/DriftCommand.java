package io.tenantry.operations.runs;

import io.tenantry.credentials.variables.CommandSettings;
import io.tenantry.migrations.drift.DriftReport;
import io.tenantry.operations.platform.DatabaseWork;
import io.tenantry.operations.platform.Platform;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Progress;
import io.tenantry.operations.terminal.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "drift",
    description = {
      "Compares every tenant's schema with what the changesets of its version make.",
      "Object by object; writes down in the registry which differ. Changes no schema."
    },
    footer = {
      "",
      "Example: tenantry migrate drift --output json",
      "Exit codes: 0 all are as they should be, 1 could not look, 3 at least one is not, 6 at"
          + " least",
      "one could not be looked at: it is being changed, or of another build's version."
    })
final class DriftCommand extends DatabaseWork {

  private static final String SETTING = "tenantry.migrations.quarantine-drifted";

  @Option(
      names = "--quarantine",
      arity = "1",
      paramLabel = "true|false",
      description =
          "Whether tenants whose schema has drifted are held back;"
              + " TENANTRY_MIGRATIONS_QUARANTINE_DRIFTED unless it is given.")
  private @Nullable Boolean quarantine;

  DriftCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run(Platform platform) {
    boolean wanted =
        quarantine == null
            ? CommandSettings.read(surroundings().variables())
                .given(SETTING)
                .map(Boolean::parseBoolean)
                .orElse(true)
            : quarantine;
    Progress progress = progress();
    DriftReport found =
        new Workshop(platform).drift(wanted).all((done, all) -> progress.at(done, all, 0));
    progress.end();
    DriftText text = new DriftText(found);
    show(text.document(), text.table());
    if (!text.drifted().isEmpty()) {
      return ExitCode.UNSAFE;
    }
    return found.clean() ? ExitCode.DONE : ExitCode.UNFINISHED;
  }
}
