package io.tenantry.operations.command;

import io.tenantry.operations.platform.Platform;
import io.tenantry.operations.prober.LiveProof;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Json;
import io.tenantry.operations.terminal.OutputForm;
import io.tenantry.persistence.prober.ProbeResult;
import io.tenantry.tenancy.error.TenantryException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Proves on live connections that tenants are kept apart; for the gate of a deployment. */
@Command(
    name = "prober",
    description =
        "Enters the canary tenants in turn and looks whether each sees its own rows alone.",
    footer = {
      "",
      "The database is that of the settings (TENANTRY_DATABASE_HOST and so on) or, when they name",
      "none, that of a running `make run` in TENANTRY_HOME (.tenantry).",
      "Example: tenantry prober --once && deploy",
      "Exit codes: 0 they are kept apart, 1 could not look, 2 called wrongly, 3 they are not."
    },
    mixinStandardHelpOptions = true)
final class ProberCommand implements Callable<Integer> {

  @Option(names = "--once", required = true, description = "Looks once and ends.")
  @SuppressWarnings("UnusedVariable") // Demanded by the command line; there is no other way yet.
  private boolean once;

  @Option(
      names = "--output",
      paramLabel = "FORM",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private OutputForm output = OutputForm.table;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Map<String, String> variables;

  ProberCommand(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  @Override
  public Integer call() {
    try (LiveProof proof = LiveProof.open(Platform.of(variables))) {
      return switch (look(proof)) {
        case CLEAN -> ExitCode.DONE;
        case FINDING -> ExitCode.UNSAFE;
        case SKIPPED -> ExitCode.FAILED;
      };
    }
  }

  private ProbeResult.Outcome look(LiveProof proof) {
    ProbeResult result;
    try {
      result = proof.look();
    } catch (TenantryException e) {
      return notSeen(proof, e.code().title() + ". " + e.code().hint());
    }
    PrintWriter out = spec.commandLine().getOut();
    if (output == OutputForm.json) {
      out.println(Json.text(document(proof.where(), result)));
      return result.outcome();
    }
    result.findings().forEach(out::println);
    switch (result.outcome()) {
      case CLEAN -> out.println(proof.where() + ": tenants are kept apart.");
      case FINDING -> out.println(proof.where() + ": tenants are NOT kept apart.");
      case SKIPPED -> notSeen(proof, result.whyNot());
    }
    return result.outcome();
  }

  private ProbeResult.Outcome notSeen(LiveProof proof, String why) {
    spec.commandLine()
        .getErr()
        .println("tenantry: " + proof.where() + " could not be looked at: " + why);
    return ProbeResult.Outcome.SKIPPED;
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
