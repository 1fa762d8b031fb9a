package io.tenantry.api.openapi;

import static io.swagger.v3.oas.models.PathItem.HttpMethod.GET;

import io.swagger.v3.oas.models.media.Schema;
import io.tenantry.api.isolation.IsolationState;
import io.tenantry.persistence.prober.ProbeResult;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.finding.FindingCode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The operations on what is known of isolation. */
final class IsolationOperations {

  private static final String PLATFORM = "Platform";

  private static final String FINDING =
      """
      {"code":"foreign_row_visible","unsafe":true,"title":"A neighbour's row is visible",
       "object":"tenantry_api.api_isolation_probes","detail":"A tenant sees 2 rows of others.",
       "hint":"Stop using the platform."}
      """;

  private IsolationOperations() {}

  static List<DescribedOperation> all() {
    return List.of(
        DescribedOperation.of(GET, "/admin/v1/isolation")
            .named("readIsolation", PLATFORM, "Read what this instance knows of isolation")
            .says(
                "The last look of each check. While safe is false the instance serves no tenant:"
                    + " it answers 503 isolation_unproven and is not ready. Every instance has"
                    + " looks of its own.")
            .answers(
                200,
                "The last looks.",
                "Isolation",
                """
                {"safe":false,"checks":[
                  {"check":"CATALOG","at":"2026-01-31T09:30:00.000001Z","stale":false,"findings":[]},
                  {"check":"PROBER","at":"2026-01-31T09:30:10.000001Z","stale":false,"findings":[%s]}]}
                """
                    .formatted(FINDING)),
        DescribedOperation.of(GET, "/admin/v1/tenants/{slug}/isolation")
            .named("readTenantIsolation", PLATFORM, "Look at a tenant's isolation, now")
            .says(
                "Enters the tenant as a request would and looks for rows of others; writes nothing."
                    + " The catalog's findings are those of its last look.")
            .takes("Slug")
            .answers(
                200,
                "What was seen.",
                "TenantIsolation",
                """
                {"tenantId":"0190b6f0-7a3c-7d21-8e55-2f4c1a9b6d12","slug":"initech",
                 "proof":{"outcome":"CLEAN","at":"2026-01-31T09:30:00.000001Z","whyNot":null,
                   "findings":[]},
                 "catalog":{"at":"2026-01-31T09:30:00.000001Z","findings":[]}}
                """));
  }

  static Map<String, Schema<?>> schemas() {
    return Forms.fields(
        "FindingCode",
        Forms.named(Arrays.stream(FindingCode.values()).map(FindingCode::id)),
        "Finding",
        Forms.answer(
            Forms.fields(
                "code", Forms.ref("FindingCode"),
                "unsafe", Forms.flag().description("Whether no tenant is served while it is so."),
                "title", Forms.string(),
                "object", Forms.string().description("What it is about, as SQL names it."),
                "detail", Forms.string(),
                "hint", Forms.string().description("The way out."))),
        "IsolationCheck",
        Forms.answer(
            Forms.fields(
                "check", Forms.oneOf(IsolationState.Check.class),
                "at", Forms.orNull(Forms.time()),
                "stale",
                    Forms.flag()
                        .description(
                            "Whether that is so long ago that it proves nothing any more."),
                "findings", findings())),
        "Isolation",
        Forms.answer(
            Forms.fields(
                "safe", Forms.flag().description("Whether this instance serves tenants."),
                "checks", Forms.list(Forms.ref("IsolationCheck"), null))),
        "IsolationProof",
        Forms.answer(
            Forms.fields(
                "outcome", Forms.oneOf(ProbeResult.Outcome.class),
                "at", Forms.time(),
                "whyNot", Forms.orNull(Forms.string()).description("Why it could not be looked."),
                "findings", findings())),
        "IsolationCatalog",
        Forms.answer(Forms.fields("at", Forms.orNull(Forms.time()), "findings", findings())),
        "TenantIsolation",
        Forms.answer(
            Forms.fields(
                "tenantId", Forms.id(),
                "slug", Forms.matching(TenantSlug.PATTERN),
                "proof", Forms.ref("IsolationProof"),
                "catalog", Forms.ref("IsolationCatalog"))));
  }

  private static Schema<?> findings() {
    return Forms.list(Forms.ref("Finding"), null);
  }
}
