package io.tenantry.operations.command;

import io.tenantry.operations.platform.DatabaseWork;
import io.tenantry.operations.platform.Platform;
import io.tenantry.operations.prober.LiveProof;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Surroundings;
import io.tenantry.persistence.prober.ProbeResult;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.finding.Finding;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Proves on live connections that tenants are kept apart; for the gate of a deployment. */
@Command(
    name = "prober",
    description =
        "Enters the canary tenants in turn and looks whether each sees its own rows alone.",
    footer = {
      "",
      "Example: tenantry prober --once && deploy",
      "Exit codes: 0 they are kept apart, 1 could not look, 2 called wrongly, 3 they are not."
    })
final class ProberCommand extends DatabaseWork {

  @Option(names = "--once", required = true, description = "Looks once and ends.")
  @SuppressWarnings("UnusedVariable") // Demanded by the command line; there is no other way yet.
  private boolean once;

  ProberCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run(Platform platform) {
    try (LiveProof proof = LiveProof.open(platform)) {
      return look(proof);
    }
  }

  private int look(LiveProof proof) {
    ProbeResult result;
    try {
      result = proof.look();
    } catch (TenantryException e) {
      return notSeen(proof, e.code().title() + ". " + e.code().hint());
    }
    if (result.outcome() == ProbeResult.Outcome.SKIPPED && !json()) {
      return notSeen(proof, result.whyNot());
    }
    show(document(proof.where(), result), text(proof.where(), result));
    return switch (result.outcome()) {
      case CLEAN -> ExitCode.DONE;
      case FINDING -> ExitCode.UNSAFE;
      case SKIPPED -> ExitCode.FAILED;
    };
  }

  private int notSeen(LiveProof proof, String why) {
    tell(proof.where() + " could not be looked at: " + why);
    return ExitCode.FAILED;
  }

  private static String text(String where, ProbeResult result) {
    boolean clean = result.outcome() == ProbeResult.Outcome.CLEAN;
    return Stream.concat(
            result.findings().stream().map(Finding::toString),
            Stream.of(where + ": tenants are " + (clean ? "" : "NOT ") + "kept apart."))
        .collect(Collectors.joining("\n"));
  }

  /** Fields stay as they are once published. */
  private static Map<String, Object> document(String where, ProbeResult result) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("database", where);
    document.put("outcome", result.outcome());
    document.put("whyNot", result.whyNot());
    document.put(
        "findings",
        result.findings().stream()
            .map(
                finding ->
                    Map.of(
                        "code",
                        finding.code().id(),
                        "unsafe",
                        finding.unsafe(),
                        "object",
                        finding.object(),
                        "detail",
                        finding.detail()))
            .toList());
    return document;
  }
}
