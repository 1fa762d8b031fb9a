package io.tenantry.api.openapi;

import static io.swagger.v3.oas.models.PathItem.HttpMethod.GET;
import static io.swagger.v3.oas.models.PathItem.HttpMethod.POST;

import io.swagger.v3.oas.models.media.Schema;
import io.tenantry.control.MigrationDirection;
import io.tenantry.control.MigrationRequest;
import io.tenantry.control.MigrationResultState;
import io.tenantry.control.MigrationState;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.error.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The operations on runs over all tenants. */
final class MigrationOperations {

  private static final String PLATFORM = TenantOperations.PLATFORM;
  private static final String PATH = "/admin/v1/migrations";
  private static final String RUN = example("null");

  private MigrationOperations() {}

  static List<DescribedOperation> all() {
    return List.of(
        DescribedOperation.of(GET, PATH)
            .named("listMigrations", PLATFORM, "List runs, newest first")
            .says("The next page is at the path in Link.")
            .takes("Limit", "Cursor")
            .answers(
                200,
                "A page of runs.",
                "MigrationPage",
                "{\"items\":[" + RUN + "],\"nextCursor\":null}",
                "Link")
            .refuses(ErrorCode.CURSOR_INVALID),
        DescribedOperation.of(POST, PATH)
            .named("startMigration", PLATFORM, "Change the schemas of all tenants")
            .says(
                "Writes down what is wanted; a worker carries it out. There is one unfinished run"
                    + " at most: another is refused with its id. The direction DOWN takes the scope"
                    + " "
                    + Security.PURGE
                    + ", too.")
            .optionalBody(
                "MigrationPost",
                "newest",
                "{}",
                "careful",
                "{\"direction\":\"UP\",\"canaries\":[\"acme\"],\"wavePercents\":[5,25,100],"
                    + "\"failureBudget\":0,\"workers\":2}",
                "down",
                "{\"direction\":\"DOWN\",\"steps\":1}")
            .answers(202, "It is asked for.", "Migration", RUN, "Location")
            .refuses(ErrorCode.MIGRATION_UNFINISHED),
        DescribedOperation.of(GET, PATH + "/{id}")
            .named("readMigration", PLATFORM, "Read a run and its results")
            .says(
                "Results are in the order of the tenants' ids; the next page is at the path in"
                    + " Link.")
            .takes("Id")
            .takes(
                SharedParts.in("query", "state", Forms.oneOf(MigrationResultState.class), "FAILED")
                    .description("Only results in this state."))
            .takes("Limit", "Cursor")
            .answers(
                200,
                "The run.",
                "Migration",
                example(
                    """
                    {"items":[{"tenantId":"0190b6f0-7a3c-7d21-8e55-2f4c1a9b6d12","slug":"acme",
                      "wave":0,"state":"FAILED","fromVersion":"access-tenant-0005",
                      "toVersion":"tenant-0007","changeset":"tenant-0007","sqlstate":"55P03",
                      "detail":null,"attempts":5,"finishedAt":"2026-01-31T09:30:00.000001Z"}],
                     "nextCursor":null}
                    """),
                "Link")
            .refuses(ErrorCode.CURSOR_INVALID),
        command(
            "pause", "Begin no further tenant", "It is PAUSED when those under way are done.", 200),
        command(
            "resume",
            "Let a paused run go on",
            "What has failed so far is accepted and does not pause it again.",
            200),
        command(
                "revert",
                "Take back what a run did",
                "In the schemas that nobody has changed since, by a run of its own, which is"
                    + " answered. A paused run ends by that; one that runs has to be paused first.",
                202)
            .needs(Security.PURGE)
            .refuses(ErrorCode.MIGRATION_UNFINISHED));
  }

  private static DescribedOperation command(String name, String summary, String says, int status) {
    DescribedOperation operation =
        DescribedOperation.of(POST, PATH + "/{id}/" + name)
            .named(name + "Migration", PLATFORM, summary)
            .says(says)
            .takes("Id");
    return (status == 202
            ? operation.answers(status, "The new run.", "Migration", RUN, "Location")
            : operation.answers(status, "The run.", "Migration", RUN))
        .refuses(ErrorCode.MIGRATION_STATE_CONFLICT);
  }

  static Map<String, Schema<?>> schemas() {
    return Forms.fields(
        "MigrationPost",
        Forms.request(
                Forms.fields(
                    "direction",
                    Forms.orNull(
                        Forms.named(
                            Stream.of(MigrationDirection.UP, MigrationDirection.DOWN)
                                .map(Enum::name))),
                    "target",
                    Forms.orNull(Forms.matching("^[A-Za-z0-9._-]{1,200}$"))
                        .description("UP: the changeset to end at; the newest unless said."),
                    "steps",
                    Forms.orNull(Forms.whole(1, 1000))
                        .description("DOWN: how many changesets below the highest version."),
                    "canaries",
                    Forms.orNull(Forms.list(Forms.matching(TenantSlug.PATTERN), 50))
                        .description("Who comes first; otherwise the first percentage."),
                    "wavePercents",
                    Forms.orNull(Forms.list(Forms.whole(1, 100), 20))
                        .description(
                            "How much of all tenants each wave ends at, ascending to 100; "
                                + MigrationRequest.WAVES
                                + " unless said."),
                    "failureBudget",
                    Forms.orNull(Forms.whole(0, 1_000_000))
                        .description("More failures than this pause the run; 10 unless said."),
                    "workers",
                    Forms.orNull(Forms.whole(1, 16))
                        .description("How many tenants at a time; 2 unless said.")))
            .description("What is left out, or null, is as usual: all to the newest version."),
        "MigrationCounts",
        Forms.answer(
            Forms.fields(
                "pending", count(), "succeeded", count(), "failed", count(), "skipped", count())),
        "MigrationFailure",
        Forms.answer(Forms.fields("code", Forms.string(), "detail", Forms.orNull(Forms.string()))),
        "MigrationResult",
        result(),
        "MigrationResultPage",
        Lists.of("MigrationResult"),
        "Migration",
        run(),
        "MigrationPage",
        Lists.of("Migration"));
  }

  private static Schema<?> result() {
    return Forms.answer(
        Forms.fields(
            "tenantId", Forms.id(),
            "slug", Forms.orNull(Forms.string()).description("null for a schema made ahead."),
            "wave", count(),
            "state", Forms.oneOf(MigrationResultState.class),
            "fromVersion", Forms.string(),
            "toVersion", Forms.string(),
            "changeset", Forms.orNull(Forms.string()).description("Where it failed or was busy."),
            "sqlstate", Forms.orNull(Forms.string()),
            "detail", Forms.orNull(Forms.string()),
            "attempts", count(),
            "finishedAt", Forms.orNull(Forms.time())));
  }

  private static Schema<?> run() {
    return Forms.answer(
        Forms.fields(
            "id", Forms.id(),
            "direction", Forms.oneOf(MigrationDirection.class),
            "state", Forms.oneOf(MigrationState.class),
            "target", Forms.orNull(Forms.string()),
            "steps", Forms.orNull(Forms.whole(1, 1000)),
            "reverts", Forms.orNull(Forms.id()).description("REVERT: the run that is taken back."),
            "canaries", Forms.list(Forms.string(), 50),
            "wavePercents", Forms.list(Forms.whole(1, 100), 20),
            "failureBudget", count(),
            "workers", Forms.whole(1, 16),
            "pauseRequested", Forms.flag(),
            "counts", Forms.ref("MigrationCounts"),
            "requestedBy", Forms.string(),
            "requestId", Forms.orNull(Forms.string()),
            "error", Forms.refOrNull("MigrationFailure"),
            "createdAt", Forms.time(),
            "startedAt", Forms.orNull(Forms.time()),
            "finishedAt", Forms.orNull(Forms.time()),
            "results", Forms.refOrNull("MigrationResultPage")));
  }

  private static Schema<?> count() {
    return Forms.whole(0, Integer.MAX_VALUE);
  }

  private static String example(String results) {
    return """
    {"id":"0190b6f0-7a3c-7d21-8e55-2f4c1a9b6d14","direction":"UP","state":"QUEUED","target":null,
     "steps":null,"reverts":null,"canaries":[],"wavePercents":[1,10,40,100],"failureBudget":10,
     "workers":2,"pauseRequested":false,
     "counts":{"pending":0,"succeeded":0,"failed":0,"skipped":0},"requestedBy":"platform",
     "requestId":"my-request.1","error":null,"createdAt":"2026-01-31T09:30:00.000001Z",
     "startedAt":null,"finishedAt":null,"results":%s}
    """
        .formatted(results);
  }
}
