package io.tenantry.api.tenant;

import io.tenantry.api.problems.Shown;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses a request that names a tenant beside its token. Nothing would read it; but who sends it
 * believes that it counts, and one day something might.
 */
final class NamedTenant {

  private static final Set<String> HEADERS = Set.of("xtenant", "xtenantid", "tenant", "tenantid");
  private static final Set<String> PARAMETERS = Set.of("tenant", "tenantid");

  private NamedTenant() {}

  static void refuse(HttpServletRequest request) {
    refuse("header", HEADERS, Collections.list(request.getHeaderNames()));
    refuse("parameter", PARAMETERS, request.getParameterMap().keySet());
  }

  private static void refuse(String kind, Set<String> refused, Iterable<String> names) {
    for (String name : names) {
      if (refused.contains(name.toLowerCase(Locale.ROOT).replaceAll("[-_]", ""))) {
        throw new TenantryException(
            ErrorCode.TENANT_IN_REQUEST,
            "The request has the " + kind + " " + Shown.brief(name) + ".");
      }
    }
  }
}
