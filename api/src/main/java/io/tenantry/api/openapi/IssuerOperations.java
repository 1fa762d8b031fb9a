package io.tenantry.api.openapi;

import static io.swagger.v3.oas.models.PathItem.HttpMethod.GET;
import static io.swagger.v3.oas.models.PathItem.HttpMethod.POST;

import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The operations of the built-in token issuer, which answers as OAuth 2 wants it. */
final class IssuerOperations {

  private static final String TAG = "Tokens";

  private IssuerOperations() {}

  static Map<String, Schema<?>> schemas() {
    return Forms.fields(
        "TokenRequest",
        Forms.request(
            Forms.fields(
                "grant_type", Forms.named(Stream.of("client_credentials")),
                "scope",
                    Forms.string()
                        .description(
                            "Scopes with spaces between; all of the client's unless said.")),
            "grant_type"),
        "Keys",
        keySet(),
        "Token",
        Forms.answer(
            Forms.fields(
                "access_token", Forms.string(),
                "token_type", Forms.string(),
                "expires_in", Forms.whole(1, 86_400),
                "scope", Forms.string())),
        "TokenRefusal",
        Forms.answer(Forms.fields("error", Forms.string(), "error_description", Forms.string()))
            .required(List.of("error")));
  }

  static List<DescribedOperation> all() {
    return List.of(token(), keys());
  }

  private static DescribedOperation token() {
    return DescribedOperation.of(POST, "/oauth2/token")
        .named("issueToken", TAG, "Get a token")
        .says("By client credentials, RFC 6749 section 4.4.")
        .security(new SecurityRequirement().addList(Security.CLIENT))
        .bodyOf(
            "application/x-www-form-urlencoded",
            "TokenRequest",
            "all",
            "{\"grant_type\":\"client_credentials\"}")
        .answers(
            200,
            "The token.",
            "Token",
            """
            {"access_token":"eyJhbGciOiJSUzI1NiJ9.e30.c2ln","token_type":"Bearer",
             "expires_in":900,"scope":"tenant:read tenant:write"}
            """)
        .answers(400, "Not a request for a token.", "TokenRefusal", "{\"error\":\"invalid_scope\"}")
        .answers(
            401,
            "Not a client, or not its secret.",
            "TokenRefusal",
            "{\"error\":\"invalid_client\"}",
            "WWW-Authenticate");
  }

  private static DescribedOperation keys() {
    return DescribedOperation.of(GET, "/oauth2/jwks")
        .named("readKeys", TAG, "Read the keys that tokens are signed with")
        .says("A JSON Web Key Set, RFC 7517.")
        .answers(200, "The keys.", "Keys", "{\"keys\":[]}");
  }

  private static Schema<?> keySet() {
    return Forms.answer(
        Forms.fields("keys", Forms.list(Forms.map(Forms.string(), Pattern.compile(".+"), 20), 20)));
  }
}
