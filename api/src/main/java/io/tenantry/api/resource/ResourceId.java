package io.tenantry.api.resource;

import io.tenantry.api.problems.Shown;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.util.UUID;

/** Reads the id of a resource from its path. */
public final class ResourceId {

  private ResourceId() {}

  /**
   * Reads {@code text}, the id of a {@code kind}.
   *
   * @throws TenantryException with {@code not_found} when it is no UUID in its 36 character form:
   *     then nothing has that id
   */
  public static UUID parse(String kind, String text) {
    try {
      UUID id = UUID.fromString(text);
      // UUID.fromString takes "1-1-1-1-1" too; one resource has one path.
      if (id.toString().equals(text)) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      // Not there, like any other id that nothing has.
    }
    throw new TenantryException(
        ErrorCode.NOT_FOUND, "There is no " + kind + " " + Shown.brief(text) + ".");
  }
}
