package io.tenantry.tenancy;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a tenant. Ids are never used twice; slugs may be.
 *
 * @param value any UUID but the nil UUID, which stands for "no tenant" where a value is demanded
 */
public record TenantId(UUID value) {

  /** Stands for "no tenant" where a library insists on a value. No tenant ever has it. */
  public static final UUID NONE = new UUID(0, 0);

  public TenantId {
    if (value.equals(NONE)) {
      throw new TenantryException(
          ErrorCode.TENANT_ID_INVALID, "The nil UUID is not a tenant's id.");
    }
  }

  /**
   * Reads the canonical form of a UUID: 36 characters, with hyphens, either case.
   *
   * @throws TenantryException with {@code tenant_id_invalid} for anything else
   */
  public static TenantId parse(String text) {
    UUID parsed;
    try {
      parsed = UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw invalid(text, e);
    }
    // UUID.fromString accepts "1-1-1-1-1"; two spellings of one tenant would be two cache keys.
    if (!parsed.toString().equalsIgnoreCase(text)) {
      throw invalid(text, null);
    }
    return new TenantId(parsed);
  }

  private static TenantryException invalid(String text, @Nullable Throwable cause) {
    String shown = text.length() > 64 ? text.substring(0, 64) + "..." : text;
    return new TenantryException(
        ErrorCode.TENANT_ID_INVALID,
        "'" + shown + "' is not a UUID in its 36 character form.",
        cause);
  }

  /** The id as 32 lower-case hex digits, the form that stands in names and in the register. */
  public String hex() {
    return value.toString().replace("-", "");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
