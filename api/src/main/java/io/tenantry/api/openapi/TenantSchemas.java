package io.tenantry.api.openapi;

import io.swagger.v3.oas.models.media.Schema;
import io.tenantry.control.OperationKind;
import io.tenantry.control.OperationState;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import java.util.Map;
import java.util.regex.Pattern;

/** What tenants and operations look like. */
final class TenantSchemas {

  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,62}");
  private static final int LABELS = 32;
  private static final int LABEL_VALUE = 256;

  private TenantSchemas() {}

  static Map<String, Schema<?>> all() {
    return Forms.fields(
        "TenantStatus",
        Forms.oneOf(TenantState.class),
        "TenantLimits",
        limits(),
        "OwnTenant",
        ownTenant(),
        "TenantPut",
        put(),
        "Tenant",
        tenant(),
        "TenantPage",
        Lists.of("Tenant"),
        "OperationKind",
        Forms.oneOf(OperationKind.class),
        "OperationState",
        Forms.oneOf(OperationState.class),
        "OperationStep",
        step(),
        "OperationFailure",
        Forms.answer(Forms.fields("code", Forms.string(), "detail", Forms.orNull(Forms.string()))),
        "Operation",
        operation());
  }

  private static Schema<?> limits() {
    return Forms.request(
            Forms.fields(
                "requestsPerSecond", limit(),
                "burst", limit(),
                "maxConnections", limit()))
        .description("What a tenant may use of one instance; null is the platform's default.");
  }

  private static Schema<?> limit() {
    return Forms.orNull(Forms.whole(1, Integer.MAX_VALUE));
  }

  private static Schema<?> ownTenant() {
    return Forms.answer(
        Forms.fields(
            "id", Forms.id(),
            "slug", slug(),
            "displayName", Forms.text(200),
            "status", Forms.ref("TenantStatus"),
            "limits", Forms.ref("TenantLimits")));
  }

  private static Schema<?> put() {
    return Forms.request(
            Forms.fields(
                "slug",
                Forms.orNull(slug()).description("May repeat the path's."),
                "displayName",
                Forms.orNull(Forms.text(200)),
                "tier",
                Forms.orNull(Forms.matching("^[a-z][a-z0-9-]{0,39}$")),
                "labels",
                Forms.orNull(
                    Forms.map(Forms.text(LABEL_VALUE), LABEL, LABELS)
                        .description("At most 8 KiB in all.")),
                "limits",
                Forms.refOrNull("TenantLimits"),
                "suspended",
                Forms.orNull(Forms.flag()),
                "deletionProtection",
                Forms.orNull(Forms.flag()),
                "retentionDays",
                Forms.orNull(Forms.whole(0, 3650))))
        .description(
            "What is left out, or null, is the default of a new tenant and stays on one that"
                + " exists.");
  }

  private static Schema<?> tenant() {
    return Forms.answer(
        Forms.fields(
            "id", Forms.id(),
            "slug", slug(),
            "displayName", Forms.text(200),
            "tier", Forms.string(),
            "labels", Forms.map(Forms.text(LABEL_VALUE), LABEL, LABELS),
            "limits", Forms.ref("TenantLimits"),
            "status", Forms.ref("TenantStatus"),
            "suspended", Forms.flag(),
            "quarantined", Forms.flag(),
            "deletionProtection", Forms.flag(),
            "retentionDays", Forms.whole(0, 3650),
            "schemaVersion", Forms.orNull(Forms.string()),
            "purgeAfter", Forms.orNull(Forms.time()),
            "hold", Forms.refOrNull("TenantHold"),
            "createdAt", Forms.time(),
            "etag", Forms.tag()));
  }

  private static Schema<?> step() {
    return Forms.answer(
        Forms.fields(
            "number", Forms.whole(0, 1000),
            "name", Forms.string(),
            "state", Forms.ref("OperationState"),
            "startedAt", Forms.time(),
            "finishedAt", Forms.orNull(Forms.time()),
            "detail", Forms.orNull(Forms.string())));
  }

  private static Schema<?> operation() {
    return Forms.answer(
        Forms.fields(
            "id", Forms.id(),
            "kind", Forms.ref("OperationKind"),
            "tenantId", Forms.id(),
            "state", Forms.ref("OperationState"),
            "attempt", Forms.whole(0, Integer.MAX_VALUE),
            "requestedBy", Forms.string(),
            "requestId", Forms.orNull(Forms.string()),
            "steps", Forms.list(Forms.ref("OperationStep"), null),
            "error", Forms.refOrNull("OperationFailure"),
            "createdAt", Forms.time(),
            "startedAt", Forms.orNull(Forms.time()),
            "finishedAt", Forms.orNull(Forms.time())));
  }

  private static Schema<?> slug() {
    return Forms.matching(TenantSlug.PATTERN);
  }
}
