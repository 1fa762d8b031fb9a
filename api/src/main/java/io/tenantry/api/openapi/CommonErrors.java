package io.tenantry.api.openapi;

import static io.tenantry.tenancy.error.ErrorCode.*;

import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.tenantry.tenancy.error.ErrorCode;
import java.util.EnumSet;
import java.util.Set;

/** What any operation may refuse, by the base of its path and its method. */
final class CommonErrors {

  private static final Set<ErrorCode> ALL =
      EnumSet.of(
          REQUEST_INVALID,
          PARAMETER_INVALID,
          IDEMPOTENCY_KEY_INVALID,
          TOKEN_MISSING,
          TOKEN_INVALID,
          SCOPE_MISSING,
          NOT_FOUND,
          METHOD_NOT_ALLOWED,
          NOT_ACCEPTABLE,
          PAYLOAD_TOO_LARGE,
          TOO_MANY_FAILURES,
          INTERNAL_ERROR,
          DATABASE_UNAVAILABLE,
          POOL_EXHAUSTED,
          DEADLINE_EXCEEDED,
          ISSUER_UNAVAILABLE,
          SHUTTING_DOWN);

  private static final Set<ErrorCode> TENANT =
      EnumSet.of(
          TENANT_IN_REQUEST,
          TENANT_MISSING,
          TENANT_UNKNOWN,
          TENANT_SUSPENDED,
          TENANT_QUARANTINED,
          TENANT_NOT_READY,
          TENANT_RESTORING,
          RATE_LIMIT_EXCEEDED,
          CONNECTION_LIMIT_EXCEEDED,
          CHECKOUT_REFUSED,
          ISOLATION_UNPROVEN);

  private CommonErrors() {}

  static Set<ErrorCode> of(String path, HttpMethod method) {
    if (!path.startsWith("/v1/") && !path.startsWith("/admin/v1/")) {
      return EnumSet.noneOf(ErrorCode.class);
    }
    Set<ErrorCode> errors = EnumSet.copyOf(ALL);
    if (path.startsWith("/v1/")) {
      errors.addAll(TENANT);
    } else {
      errors.add(TENANT_FORBIDDEN);
    }
    if (method == HttpMethod.POST) {
      errors.add(IDEMPOTENCY_KEY_REUSED);
      errors.add(IDEMPOTENCY_IN_PROGRESS);
    }
    if (method != HttpMethod.GET) {
      errors.add(CONCURRENT_UPDATE);
    }
    return errors;
  }
}
