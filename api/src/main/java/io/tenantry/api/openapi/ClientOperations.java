package io.tenantry.api.openapi;

import static io.swagger.v3.oas.models.PathItem.HttpMethod.DELETE;
import static io.swagger.v3.oas.models.PathItem.HttpMethod.GET;
import static io.swagger.v3.oas.models.PathItem.HttpMethod.POST;

import io.swagger.v3.oas.models.media.Schema;
import io.tenantry.tenancy.error.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The operations on a tenant's clients at the built-in token issuer. */
final class ClientOperations {

  private static final String TAG = "Clients";
  private static final String PATH = "/admin/v1/tenants/{slug}/clients";
  private static final String ID = "^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$";
  private static final String SECRET = "^[\\x21-\\x7E]{24,72}$";
  private static final int LONGEST_OVERLAP = 604_800;

  private ClientOperations() {}

  static List<DescribedOperation> all() {
    return List.of(list(), create(), read(), revoke(), replaceSecret());
  }

  static Map<String, Schema<?>> schemas() {
    return Forms.fields(
        "ClientScope",
        Forms.named(Stream.of("tenant:read", "tenant:write")),
        "ClientRequest",
        Forms.request(
            Forms.fields(
                "clientId",
                Forms.orNull(Forms.matching(ID)).description("One is made unless said."),
                "scopes",
                Forms.orNull(Forms.list(Forms.ref("ClientScope"), null).minItems(1))
                    .description("All unless said."),
                "secret",
                secret())),
        "ClientSecretRequest",
        Forms.request(
            Forms.fields(
                "secret",
                secret(),
                "overlapSeconds",
                Forms.orNull(Forms.whole(0, LONGEST_OVERLAP))
                    .description("How long the secret before works on; 86400 unless said."))),
        "Client",
        Forms.answer(
            Forms.fields(
                "clientId",
                Forms.string(),
                "tenantId",
                Forms.orNull(Forms.id()),
                "scopes",
                Forms.list(Forms.string(), null),
                "createdAt",
                Forms.time(),
                "revokedAt",
                Forms.orNull(Forms.time()),
                "previousSecretExpiresAt",
                Forms.orNull(Forms.time()).description("Until when the secret before still works."),
                "secret",
                Forms.orNull(Forms.string())
                    .description("Shown once, to the request that had it made; null ever after."))),
        "ClientPage",
        Lists.of("Client"));
  }

  private static DescribedOperation list() {
    return DescribedOperation.of(GET, PATH)
        .named("listClients", TAG, "List a tenant's clients by id")
        .says("Revoked ones too. The next page is at the path in Link.")
        .takes("Slug", "Limit", "Cursor")
        .answers(
            200,
            "A page of clients.",
            "ClientPage",
            "{\"items\":[" + example("null") + "],\"nextCursor\":null}",
            "Link")
        .refuses(ErrorCode.CURSOR_INVALID, ErrorCode.ISSUER_DISABLED);
  }

  private static DescribedOperation create() {
    return DescribedOperation.of(POST, PATH)
        .named("createClient", TAG, "Make a client of a tenant")
        .says("Without a secret of the caller's one is made, which this answer alone shows.")
        .takes("Slug")
        .optionalBody(
            "ClientRequest",
            "made",
            "{}",
            "given",
            """
            {"clientId":"acme-research","scopes":["tenant:read"],
             "secret":"of-24-visible-characters-or-more"}
            """)
        .answers(201, "The client.", "Client", example("\"" + "s".repeat(43) + "\""), "Location")
        .refuses(
            ErrorCode.CLIENT_EXISTS, ErrorCode.ISSUER_DISABLED, ErrorCode.TENANT_STATE_CONFLICT);
  }

  private static DescribedOperation read() {
    return DescribedOperation.of(GET, PATH + "/{clientId}")
        .named("readClient", TAG, "Read a client")
        .says("Never its secret.")
        .takes("Slug", "ClientId")
        .answers(200, "The client.", "Client", example("null"))
        .refuses(ErrorCode.ISSUER_DISABLED);
  }

  private static DescribedOperation revoke() {
    return DescribedOperation.of(DELETE, PATH + "/{clientId}")
        .named("revokeClient", TAG, "Revoke a client")
        .says("For good, with the tokens it has; its id is never given again. Repeatable.")
        .takes("Slug", "ClientId")
        .answersNothing(204, "It is revoked.")
        .refuses(ErrorCode.ISSUER_DISABLED);
  }

  private static DescribedOperation replaceSecret() {
    return DescribedOperation.of(POST, PATH + "/{clientId}/secret")
        .named("replaceClientSecret", TAG, "Replace a client's secret")
        .says("The secret before works on for a while, so that programs can change in turn.")
        .takes("Slug", "ClientId")
        .optionalBody("ClientSecretRequest", "made", "{}", "soon", "{\"overlapSeconds\":3600}")
        .answers(
            200,
            "The client, with its new secret.",
            "Client",
            example("\"" + "s".repeat(43) + "\""))
        .refuses(ErrorCode.CLIENT_REVOKED, ErrorCode.ISSUER_DISABLED);
  }

  private static Schema<?> secret() {
    return Forms.orNull(Forms.matching(SECRET))
        .description("24 to 72 visible characters; one is made unless said.");
  }

  private static String example(String secret) {
    return """
    {"clientId":"acme-research","tenantId":"0190b6f0-7a3c-7d21-8e55-2f4c1a9b6d12",
     "scopes":["tenant:read"],"createdAt":"2026-01-31T09:30:00.000001Z","revokedAt":null,
     "previousSecretExpiresAt":null,"secret":%s}
    """
        .formatted(secret);
  }
}
