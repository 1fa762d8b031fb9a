package io.tenantry.api.openapi;

import static io.swagger.v3.oas.models.PathItem.HttpMethod.GET;

import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.tenantry.persistence.audit.AuditAction;
import io.tenantry.tenancy.error.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The operations on what was done: a tenant's events, and the platform's. */
final class AuditOperations {

  private static final String ID = "0190b6f0-7a3c-7d21-8e55-2f4c1a9b6d10";

  private static final String EVENT =
      """
      {"id":"0190b6f0-7a3c-7d21-8e55-2f4c1a9b6d15","occurredAt":"2026-01-31T09:30:00.000001Z",
       "actor":"acme-desk","action":"order.cancel","subjectType":"order",
       "subjectId":"0190b6f0-7a3c-7d21-8e55-2f4c1a9b6d10","requestId":"my-request.1",
       "before":{"status":"NEW","version":0},"after":{"status":"CANCELLED","version":1}}
      """;

  private static final String PLATFORM_EVENT =
      """
      {"id":"0190b6f0-7a3c-7d21-8e55-2f4c1a9b6d16","occurredAt":"2026-01-31T09:30:00.000001Z",
       "actor":"operator","action":"tenant.create","subjectType":"tenant",
       "subjectId":"0190b6f0-7a3c-7d21-8e55-2f4c1a9b6d12",
       "tenantId":"0190b6f0-7a3c-7d21-8e55-2f4c1a9b6d12","requestId":"my-request.1",
       "before":null,"after":{"slug":"initech","state":"PENDING"}}
      """;

  private AuditOperations() {}

  static List<DescribedOperation> all() {
    return List.of(own(), platform());
  }

  static Map<String, Schema<?>> schemas() {
    return Forms.fields(
        "AuditAction",
        Forms.named(Arrays.stream(AuditAction.values()).map(AuditAction::id)),
        "AuditEvent",
        Forms.answer(
            Forms.fields(
                "id", Forms.id(),
                "occurredAt", Forms.time(),
                "actor", actor(),
                "action", action(),
                "subjectType", Forms.string(),
                "subjectId", Forms.id(),
                "requestId", Forms.orNull(Forms.string()),
                "before", image("What the subject was; null when it was not there."),
                "after", image("What the subject is since; null when it is gone."))),
        "AuditEventPage",
        Lists.of("AuditEvent"),
        "PlatformAuditEvent",
        Forms.answer(
            Forms.fields(
                "id", Forms.id(),
                "occurredAt", Forms.time(),
                "actor", actor(),
                "action", action(),
                "subjectType", Forms.string(),
                "subjectId",
                    Forms.orNull(Forms.id()).description("null when the subject is the platform."),
                "tenantId", Forms.orNull(Forms.id()),
                "requestId", Forms.orNull(Forms.string()),
                "before", image("The row that there was; null when there was none."),
                "after", image("The row that there is since; null when there is none."))),
        "PlatformAuditEventPage",
        Lists.of("PlatformAuditEvent"));
  }

  private static DescribedOperation own() {
    return listed(DescribedOperation.of(GET, "/v1/audit-events"), "AuditEvent", EVENT)
        .named("listAuditEvents", "Audit", "List what was done to the tenant's data, newest first")
        .says("Filters may be combined. The next page is at the path in Link.")
        .takes(SharedParts.in("query", "action", Forms.ref("AuditAction"), "order.place"))
        .takes(
            SharedParts.in("query", "subjectId", Forms.id(), ID)
                .description("What it was done to."));
  }

  private static DescribedOperation platform() {
    return listed(
            DescribedOperation.of(GET, "/admin/v1/audit-events"),
            "PlatformAuditEvent",
            PLATFORM_EVENT)
        .named("listPlatformAuditEvents", "Audit", "List what was done to tenants, newest first")
        .says("Filters may be combined. The next page is at the path in Link.")
        .takes(SharedParts.in("query", "action", Forms.text(200), "tenant.create"))
        .takes(
            SharedParts.in("query", "tenant", Forms.text(200), "acme")
                .description("The slug of the tenant that it was done to."));
  }

  private static DescribedOperation listed(
      DescribedOperation operation, String item, String example) {
    return operation
        .takes(moment("from", "2026-01-01T00:00:00Z", "Done at this time or later."))
        .takes(moment("to", "2030-01-01T00:00:00Z", "Done before this time."))
        .takes("Limit", "Cursor")
        .answers(
            200,
            "A page of events.",
            item + "Page",
            "{\"items\":[" + example + "],\"nextCursor\":null}",
            "Link")
        .refuses(ErrorCode.CURSOR_INVALID);
  }

  private static Parameter moment(String name, String example, String description) {
    return SharedParts.in("query", name, Forms.moment(), example).description(description);
  }

  private static Schema<?> actor() {
    return Forms.string().description("The token's subject, or the name of a worker.");
  }

  private static Schema<?> action() {
    // No enum: a program has to live with actions that are new.
    return Forms.matching("^[a-z_-]+(\\.[a-z_-]+)+$");
  }

  private static Schema<?> image(String description) {
    return Forms.orNull(Forms.anyObject()).description(description);
  }
}
