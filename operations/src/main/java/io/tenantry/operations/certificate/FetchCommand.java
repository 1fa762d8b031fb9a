package io.tenantry.operations.certificate;

import io.tenantry.operations.client.AdminApi;
import io.tenantry.operations.client.ApiTarget;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Json;
import io.tenantry.operations.terminal.Surroundings;
import io.tenantry.tenancy.TenantSlug;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "fetch",
    description = {
      "Prints the certificate of a purged tenant as the admin API has it (see `tenantry tenant",
      "--help` for which). Keep it: `verify` reads it, without any server."
    },
    footer = {"", "Example: tenantry certificate fetch acme > acme.json"},
    mixinStandardHelpOptions = true)
final class FetchCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "SLUG", description = "The slug that the tenant had.")
  private String slug = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Surroundings surroundings;

  FetchCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    TenantSlug tenant = new TenantSlug(slug);
    try (AdminApi api = new AdminApi(ApiTarget.of(surroundings))) {
      spec.commandLine()
          .getOut()
          .println(Json.text(api.get("/admin/v1/tenants/" + tenant + "/certificate").body()));
    }
    return ExitCode.DONE;
  }
}
