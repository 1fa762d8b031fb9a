package io.tenantry.standalone;

import io.tenantry.operations.platform.Instance;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints an access token of a demo client, and nothing else, so that a shell can use it. */
@Command(name = "token", description = "Prints a token for a running instance.")
final class TokenCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "TENANT",
      arity = "0..1",
      defaultValue = "acme",
      description = "acme, globex, or platform for the admin API (default: ${DEFAULT-VALUE}).")
  private String tenant = "acme";

  @Override
  public Integer call() {
    StandaloneSettings settings = StandaloneSettings.from(System.getenv());
    Instance instance = settings.instanceFile().read();
    String client = tenant.isBlank() ? "acme" : tenant;
    try (ApiClientCall api = new ApiClientCall(instance.api(), settings.secrets())) {
      System.out.println(api.token(client));
    }
    return 0;
  }
}
