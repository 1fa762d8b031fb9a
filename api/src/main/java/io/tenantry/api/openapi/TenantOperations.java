package io.tenantry.api.openapi;

import static io.swagger.v3.oas.models.PathItem.HttpMethod.GET;
import static io.swagger.v3.oas.models.PathItem.HttpMethod.PUT;

import io.tenantry.tenancy.error.ErrorCode;
import java.util.List;

/** The operations on tenants: a tenant's look at itself, and the platform's. */
final class TenantOperations {

  private static final String OWN = "Tenant";
  static final String PLATFORM = "Platform";

  private static final String LIMITS =
      "{\"requestsPerSecond\":50,\"burst\":100,\"maxConnections\":null}";

  static final String EXAMPLE =
      """
      {"id":"0190b6f0-7a3c-7d21-8e55-2f4c1a9b6d12","slug":"initech","displayName":"Initech",
       "tier":"standard","labels":{"desk/region":"eu"},"limits":%s,"status":"PENDING",
       "suspended":false,"quarantined":false,"deletionProtection":true,"retentionDays":30,
       "schemaVersion":null,"purgeAfter":null,"hold":null,"createdAt":"2026-01-31T09:30:00.000001Z","etag":"\\"1\\""}
      """
          .formatted(LIMITS);

  private TenantOperations() {}

  static List<DescribedOperation> all() {
    return List.of(own(), list(), read(), put(), operation());
  }

  private static DescribedOperation own() {
    return DescribedOperation.of(GET, "/v1/tenant")
        .named("readOwnTenant", OWN, "Read the token's own tenant")
        .says("Its name, its state, and what it may use.")
        .answers(
            200,
            "The tenant.",
            "OwnTenant",
            """
            {"id":"0190b6f0-7a3c-7d21-8e55-2f4c1a9b6d12","slug":"acme","displayName":"Acme",
             "status":"ACTIVE","limits":%s}
            """
                .formatted(LIMITS));
  }

  private static DescribedOperation list() {
    return DescribedOperation.of(GET, "/admin/v1/tenants")
        .named("listTenants", PLATFORM, "List tenants by slug")
        .says("The next page is at the path in Link.")
        .takes("Limit", "Cursor")
        .answers(
            200,
            "A page of tenants.",
            "TenantPage",
            "{\"items\":[" + EXAMPLE + "],\"nextCursor\":null}",
            "Link")
        .refuses(ErrorCode.CURSOR_INVALID);
  }

  private static DescribedOperation read() {
    return answersTenant(
            DescribedOperation.of(GET, "/admin/v1/tenants/{slug}")
                .named("readTenant", PLATFORM, "Read a tenant")
                .says("With its state and what is set for it.")
                .takes("Slug", "IfNoneMatch"))
        .answersNothing(304, "The caller has it already.", "ETag");
  }

  private static DescribedOperation put() {
    return DescribedOperation.of(PUT, "/admin/v1/tenants/{slug}")
        .named("putTenant", PLATFORM, "Make or change a tenant")
        .says(
            "Says what is wanted. While something is to be done the answer is 202, and Location"
                + " names the operation that does it; the same request meanwhile answers the same"
                + " operation. A new tenant that was made ahead is ACTIVE at once: 200.")
        .takes("Slug", "IfMatchOptional", "OnlyNew")
        .body(
            "TenantPut",
            "plain",
            "{\"displayName\":\"Initech\"}",
            "full",
            """
            {"displayName":"Initech","tier":"standard","labels":{"desk/region":"eu"},
             "limits":%s,"suspended":false,"deletionProtection":true,"retentionDays":30}
            """
                .formatted(LIMITS))
        .answers(200, "It is as wanted.", "Tenant", EXAMPLE, "ETag")
        .answers(202, "It is being made so.", "Tenant", EXAMPLE, "ETag", "Location")
        .refuses(
            ErrorCode.SLUG_INVALID,
            ErrorCode.SLUG_RESERVED,
            ErrorCode.SLUG_RETAINED,
            ErrorCode.SLUG_QUARANTINED,
            ErrorCode.TENANT_STATE_CONFLICT,
            ErrorCode.TENANT_EXISTS,
            ErrorCode.PRECONDITION_FAILED);
  }

  static DescribedOperation answersTenant(DescribedOperation operation) {
    return operation.answers(200, "The tenant.", "Tenant", EXAMPLE, "ETag");
  }

  private static DescribedOperation operation() {
    return DescribedOperation.of(GET, "/admin/v1/operations/{id}")
        .named("readOperation", PLATFORM, "Read an operation, or wait for it")
        .says("With wait the answer comes when the operation has finished, or the time is up.")
        .takes("Id")
        .takes(
            SharedParts.in("query", "wait", Forms.matching("^([1-9]|[1-5][0-9]|60)s$"), "1s")
                .description("How long to wait for its end, 1s to 60s."))
        .answers(
            200,
            "The operation.",
            "Operation",
            """
            {"id":"0190b6f0-7a3c-7d21-8e55-2f4c1a9b6d13","kind":"PROVISION",
             "tenantId":"0190b6f0-7a3c-7d21-8e55-2f4c1a9b6d12","state":"RUNNING","attempt":1,
             "requestedBy":"platform","requestId":"my-request.1",
             "steps":[{"number":1,"name":"role","state":"SUCCEEDED",
               "startedAt":"2026-01-31T09:30:00.000001Z",
               "finishedAt":"2026-01-31T09:30:00.000101Z","detail":null}],
             "error":null,"createdAt":"2026-01-31T09:30:00.000001Z",
             "startedAt":"2026-01-31T09:30:00.000001Z","finishedAt":null}
            """);
  }
}
