package io.tenantry.operations.certificate;

import io.tenantry.operations.client.AdminApi;
import io.tenantry.operations.client.ApiTarget;
import io.tenantry.operations.client.SlugConverter;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Json;
import io.tenantry.operations.terminal.OperatorCommand;
import io.tenantry.operations.terminal.Surroundings;
import io.tenantry.tenancy.TenantSlug;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "fetch",
    description = {
      "Prints the certificate of a purged tenant as the admin API has it.",
      "Keep it: `verify` reads it, without any server."
    },
    footerHeading = ApiTarget.HELP,
    footer = {"", "Example: tenantry certificate fetch acme > acme.json"})
final class FetchCommand extends OperatorCommand {

  @Parameters(
      index = "0",
      paramLabel = "SLUG",
      converter = SlugConverter.class,
      description = "The slug that the tenant had.")
  private @Nullable TenantSlug slug;

  FetchCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    try (AdminApi api = new AdminApi(ApiTarget.of(surroundings()))) {
      tellVerbose("talks to the admin API at " + api.where());
      out().println(Json.text(api.get("/admin/v1/tenants/" + slug + "/certificate").body()));
    }
    return ExitCode.DONE;
  }
}
