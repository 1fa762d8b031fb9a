package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssuerIT {

  private static final String GRANT = "grant_type=client_credentials";

  private final ApiServer api = ApiServer.shared();
  private final ApiServer.Platform platform = ApiServer.platform();

  @Test
  void aTenantsClientGetsATokenForItsTenant() throws ParseException {
    Answer answer = basic("acme-desk", ApiServer.SECRET, GRANT).is(200);

    assertThat(answer.header("Cache-Control").orElseThrow()).contains("no-store");
    SignedJWT jwt = SignedJWT.parse(answer.text("access_token"));
    assertThat(jwt.getHeader().getType().getType()).isEqualTo("at+jwt");
    assertThat(jwt.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
    JWTClaimsSet claims = jwt.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo(ApiServer.ISSUER);
    assertThat(claims.getSubject()).isEqualTo("acme-desk");
    assertThat(claims.getAudience()).containsExactly("tenantry");
    assertThat(claims.getStringClaim("tenant_id")).isEqualTo(platform.acme().id().toString());
    assertThat(claims.getStringClaim("scope").split(" "))
        .containsExactlyInAnyOrder("tenant:read", "tenant:write");
    assertThat(claims.getIssueTime().toInstant().plusSeconds(15 * 60))
        .isEqualTo(claims.getExpirationTime().toInstant());
    assertThat(api.get("/v1/tenant").token(jwt.serialize()).send().is(200).text("slug"))
        .isEqualTo("acme");
  }

  @Test
  void thePlatformsClientGetsATokenWithoutATenant() throws ParseException {
    String token = basic("operator", ApiServer.SECRET, GRANT).is(200).text("access_token");

    assertThat(SignedJWT.parse(token).getJWTClaimsSet().getClaim("tenant_id")).isNull();
    api.get("/admin/v1/tenants").token(token).send().is(200);
    api.get("/v1/tenant").token(token).send().isProblem(403, "tenant_missing");
  }

  @Test
  void aClientMayAskForLessThanItHas() {
    Answer answer =
        form(GRANT + "&scope=tenant:read&client_id=acme-desk&client_secret=" + encoded()).is(200);

    assertThat(answer.text("scope")).isEqualTo("tenant:read");
    api.post("/v1/orders", "{}")
        .token(answer.text("access_token"))
        .send()
        .isProblem(403, "scope_missing");
  }

  @Test
  void aClientGetsNoScopeOfTheOtherKind() {
    Answer answer = basic("acme-desk", ApiServer.SECRET, GRANT + "&scope=platform:write").is(400);

    assertThat(answer.text("error")).isEqualTo("invalid_scope");
  }

  @Test
  void aWrongSecretAndAnUnknownClientAreAnsweredAlike() {
    Answer wrong = basic("acme-desk", "wrong", GRANT).is(401);
    Answer unknown = basic("nobody", "wrong", GRANT).is(401);

    assertThat(wrong.text("error")).isEqualTo("invalid_client");
    assertThat(unknown.body()).isEqualTo(wrong.body());
    assertThat(unknown.comparableHeaders()).isEqualTo(wrong.comparableHeaders());
    assertThat(wrong.header("WWW-Authenticate")).hasValue("Basic realm=\"tenantry\"");
    basic("acme\u0000desk", "wrong", GRANT).is(400);
    form(GRANT + "&client_id=acme%00&client_secret=x").is(400);
    form(GRANT).is(401);
  }

  @Test
  void noOtherGrantIsServed() {
    for (String grant :
        new String[] {
          "password&username=a&password=b",
          "authorization_code&code=x",
          "refresh_token&refresh_token=x",
          "urn:ietf:params:oauth:grant-type:device_code&device_code=x",
          "urn:ietf:params:oauth:grant-type:token-exchange&subject_token=x"
        }) {
      assertThat(basic("acme-desk", ApiServer.SECRET, "grant_type=" + grant).is(400).text("error"))
          .as(grant)
          .isIn("unsupported_grant_type", "invalid_request", "invalid_grant");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/oauth2/authorize",
    "POST,/oauth2/authorize",
    "POST,/oauth2/device_authorization",
    "GET,/oauth2/device_verification",
    "POST,/oauth2/introspect",
    "POST,/oauth2/revoke",
    "POST,/oauth2/par",
    "POST,/oauth2/register",
    "GET,/.well-known/openid-configuration",
    "GET,/userinfo",
    "GET,/connect/register",
    "GET,/login",
    "GET,/logout",
    "GET,/"
  })
  void nothingElseOfTheLibraryAnswers(String method, String path) {
    api.call(method, path).send().isProblem(404, "not_found");
  }

  @Test
  void thePublicKeyIsPublishedAndThePrivateOneIsNot() {
    Answer answer = api.get("/oauth2/jwks").send().is(200);

    assertThat(answer.json().path("keys").size()).isEqualTo(1);
    assertThat(answer.json().path("keys").path(0).propertyNames())
        .containsExactlyInAnyOrder("kty", "e", "use", "kid", "alg", "n");
  }

  @Test
  void theMetadataNamesWhatThereIs() {
    Answer answer = api.get("/.well-known/oauth-authorization-server").send().is(200);

    assertThat(answer.text("issuer")).isEqualTo(ApiServer.ISSUER);
    assertThat(answer.text("token_endpoint")).isEqualTo(ApiServer.ISSUER + "/oauth2/token");
    assertThat(answer.json().path("grant_types_supported").path(0).asString())
        .isEqualTo("client_credentials");
    assertThat(answer.json().path("authorization_endpoint").isMissingNode()).isTrue();
  }

  private Answer basic(String client, String secret, String form) {
    String credentials =
        Base64.getEncoder()
            .encodeToString(
                (client + ":" + secret.replace(" ", "+")).getBytes(StandardCharsets.UTF_8));
    return call(form).header("Authorization", "Basic " + credentials).send();
  }

  private Answer form(String form) {
    return call(form).send();
  }

  private Call call(String form) {
    return api.call("POST", "/oauth2/token")
        .body("application/x-www-form-urlencoded", BodyPublishers.ofString(form));
  }

  private static String encoded() {
    return ApiServer.SECRET.replace(" ", "+");
  }
}
