package io.tenantry.operations.tenants;

import io.tenantry.operations.client.SlugConverter;
import io.tenantry.operations.terminal.Surroundings;
import io.tenantry.tenancy.TenantSlug;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** A command about the tenant that its first argument names. */
abstract class OneTenant extends ApiCommand {

  @Parameters(
      index = "0",
      paramLabel = "SLUG",
      converter = SlugConverter.class,
      description = "The tenant's slug.")
  private @Nullable TenantSlug slug;

  OneTenant(Surroundings surroundings) {
    super(surroundings);
  }

  final TenantSlug slug() {
    return Objects.requireNonNull(slug);
  }

  /** Of the tenant at the API. */
  final String path() {
    return "/admin/v1/tenants/" + slug();
  }
}
