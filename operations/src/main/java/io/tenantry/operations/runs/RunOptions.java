package io.tenantry.operations.runs;

import io.tenantry.control.MigrationRequest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How a run goes through the tenants. */
final class RunOptions {

  @Option(
      names = "--canary",
      paramLabel = "SLUG",
      description = "Comes first; may be given often. The run pauses when one fails.")
  private List<String> canaries = new ArrayList<>();

  @Option(
      names = "--waves",
      split = ",",
      paramLabel = "PERCENT",
      description = "How much of all tenants each wave ends at (default: 1,10,40,100).")
  private List<Integer> waves = new ArrayList<>();

  @Option(
      names = "--budget",
      paramLabel = "N",
      description = "Pauses when more tenants than this failed (default: 10).")
  private int budget = MigrationRequest.BUDGET;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "How many tenants at a time, 1 to 16 (default: 2).")
  private int workers = MigrationRequest.WORKERS;

  /** The request, with these in place of what is usual. */
  MigrationRequest over(MigrationRequest usual) {
    return new MigrationRequest(
        usual.direction(),
        usual.target(),
        usual.steps(),
        canaries,
        waves.isEmpty() ? MigrationRequest.WAVES : waves,
        budget,
        workers);
  }
}
