package io.tenantry.tenancy;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.util.regex.Pattern;

/**
 * The name by which operators call a tenant; immutable for as long as the tenant lives.
 *
 * @param value 3 to 40 characters of {@code a-z}, {@code 0-9} and {@code -}, beginning with a
 *     letter and not ending with a hyphen
 */
public record TenantSlug(String value) {

  /** The whole of a slug, as published in the API description. */
  public static final String PATTERN = "^[a-z][a-z0-9-]{1,38}[a-z0-9]$";

  private static final Pattern COMPILED = Pattern.compile(PATTERN);

  public TenantSlug {
    if (!COMPILED.matcher(value).matches()) {
      String shown = value.length() > 64 ? value.substring(0, 64) + "..." : value;
      throw new TenantryException(
          ErrorCode.SLUG_INVALID,
          "'" + shown + "' is not a slug; it has to match " + PATTERN + ".");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
