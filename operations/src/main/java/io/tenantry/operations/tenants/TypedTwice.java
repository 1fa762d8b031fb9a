package io.tenantry.operations.tenants;

import io.tenantry.operations.client.AdminApi;
import io.tenantry.operations.terminal.Confirmation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option by which an operator names a tenant twice, before something that hurts. */
final class TypedTwice {

  @Option(
      names = "--confirm",
      paramLabel = "SLUG",
      description = "The slug once more; asked for on a terminal when it is left out.")
  private @Nullable String confirmed;

  /** Answers the slug when it was said again, and throws as {@link Confirmation} when not. */
  String demand(OneTenant command, AdminApi api, String does) {
    String slug = command.slug().value();
    Confirmation.demand(
        command,
        confirmed,
        slug,
        "This " + does + " '" + slug + "' at " + api.where(),
        "--confirm " + slug);
    return slug;
  }
}
