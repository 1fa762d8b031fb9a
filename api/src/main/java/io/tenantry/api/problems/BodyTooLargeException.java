package io.tenantry.api.problems;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.io.IOException;

/** A body that turned out too large while it was being read. */
public class BodyTooLargeException extends IOException {

  private final long limit;

  /**
   * @param limit the largest body that is taken, in bytes
   */
  public BodyTooLargeException(long limit) {
    super("The body is larger than " + limit + " bytes.");
    this.limit = limit;
  }

  /** The same, as a failure of the catalogue. */
  public TenantryException asFailure() {
    return new TenantryException(
        ErrorCode.PAYLOAD_TOO_LARGE, "The body is larger than " + limit + " bytes.");
  }
}
