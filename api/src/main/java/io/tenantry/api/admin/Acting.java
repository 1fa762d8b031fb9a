package io.tenantry.api.admin;

import io.tenantry.api.problems.RequestId;
import io.tenantry.control.By;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;

/** Who changes something of the platform's, as the audit has it. */
public final class Acting {

  private Acting() {}

  /** The caller, in this request. */
  public static By by(Principal caller, HttpServletRequest request) {
    return new By(caller.getName(), RequestId.of(request));
  }
}
