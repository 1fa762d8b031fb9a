package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.JwtDecoder;

class TokensIT {

  private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

  private final ApiServer api = ApiServer.shared();
  private final ApiServer.Platform platform = ApiServer.platform();
  private final Tokens tokens = platform.tokens();

  @ParameterizedTest
  @ValueSource(strings = {"/v1/tenant", "/v1/orders", "/v1/nothing", "/admin/v1/tenants"})
  void withoutATokenNothingIsAnswered(String path) {
    Answer refused = api.get(path).send().isProblem(401, "token_missing");

    assertThat(refused.header("WWW-Authenticate")).hasValue("Bearer");
  }

  @Test
  void aTokenOfTheIssuerIsAccepted() {
    api.get("/v1/tenant").token(tokens.tenant(platform.acme().id())).send().is(200);
  }

  @Test
  void aTokenSignedByAnotherKeyIsRefused() throws GeneralSecurityException {
    KeyPair other = KeyPairGenerator.getInstance("RSA").generateKeyPair();

    refused(tokens.sign(other, this::ofAcme));
  }

  @Test
  void aTokenWithAChangedClaimIsRefused() {
    String[] good = tokens.tenant(platform.acme().id()).split("\\.", -1);
    String[] other = tokens.tenant(platform.globex().id()).split("\\.", -1);

    refused(good[0] + "." + other[1] + "." + good[2]);
  }

  @Test
  void aTokenOfAnotherIssuerIsRefused() {
    refused(claims -> claims.issuer("http://issuer.test/"));
    refused(claims -> claims.issuer(null));
  }

  @Test
  void aTokenForAnotherAudienceIsRefused() {
    refused(claims -> claims.audience("other"));
    refused(claims -> claims.audience((String) null));
  }

  @Test
  void aTokenOutsideOfItsTimeIsRefused() {
    refused(claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(31))));
    refused(claims -> claims.expirationTime(null));
    refused(claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(60))));
  }

  @Test
  void aTokenOfAnotherKindIsRefused() {
    refused(tokens.sign(tokens.key(), JWSAlgorithm.RS256, "JWT", this::ofAcme));
    refused(tokens.sign(tokens.key(), JWSAlgorithm.RS512, "at+jwt", this::ofAcme));
    refused(tokens.sign(tokens.key(), JWSAlgorithm.PS256, "at+jwt", this::ofAcme));
  }

  @Test
  void anUnsignedTokenIsRefused() {
    JWTClaimsSet.Builder claims = Tokens.claims();
    ofAcme(claims);

    String token =
        new PlainJWT(new PlainHeader.Builder().type(ACCESS_TOKEN).build(), claims.build())
            .serialize();

    refusedFor("Unsupported algorithm of none", token);
  }

  @Test
  void aTokenSignedWithThePublicKeyAsASecretIsRefused() throws JOSEException {
    JWTClaimsSet.Builder claims = Tokens.claims();
    ofAcme(claims);
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(ACCESS_TOKEN)
                .keyID(tokens.keyId())
                .build(),
            claims.build());
    jwt.sign(new MACSigner(tokens.key().getPublic().getEncoded()));
    String token = jwt.serialize();

    refusedFor("Another algorithm expected", token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "a.b.c", "..", "%00", "eyJhbGciOiJSUzI1NiJ9.e30."})
  void whatIsNoTokenIsRefused(String token) {
    refused(token);
  }

  @Test
  void aTenantIdThatIsNoUuidIsRefused() {
    for (Object id : List.of("acme", "1-1-1-1-1", 7, List.of("a"), new UUID(0, 0).toString())) {
      refused(claims -> claims.claim("tenant_id", id));
    }
  }

  @Test
  void aTokenInTheQueryIsNotRead() {
    String token = tokens.tenant(platform.acme().id());

    api.get("/v1/tenant?access_token=" + token).send().isProblem(401, "token_missing");
  }

  @Test
  void aScopeThatIsMissingIsNamed() {
    String reader = tokens.tenant(platform.acme().id(), "tenant:read");
    String writer = tokens.tenant(platform.acme().id(), "tenant:write");

    api.get("/v1/tenant").token(reader).send().is(200);
    Answer write =
        api.post("/v1/orders", "{}").token(reader).send().isProblem(403, "scope_missing");
    assertThat(write.text("detail")).contains("tenant:write");
    Answer read = api.get("/v1/orders").token(writer).send().isProblem(403, "scope_missing");
    assertThat(read.text("detail")).contains("tenant:read");
    api.get("/admin/v1/tenants")
        .token(tokens.platform("platform:write"))
        .send()
        .isProblem(403, "scope_missing");
    api.call("PUT", "/admin/v1/tenants/nobody")
        .json("{}")
        .token(tokens.platform("platform:read"))
        .send()
        .isProblem(403, "scope_missing");
  }

  @Test
  void eachBaseRefusesTheOthersTokens() {
    String all = "tenant:read tenant:write platform:read platform:write";

    api.get("/v1/orders").token(tokens.platform(all)).send().isProblem(403, "tenant_missing");
    api.get("/admin/v1/tenants")
        .token(tokens.tenant(platform.acme().id(), all))
        .send()
        .isProblem(403, "tenant_forbidden");
  }

  private void refused(Consumer<JWTClaimsSet.Builder> change) {
    refused(
        tokens.sign(
            tokens.key(),
            claims -> {
              ofAcme(claims);
              change.accept(claims);
            }));
  }

  private void refused(String token) {
    Answer answer = api.get("/v1/tenant").token(token).send().isProblem(401, "token_invalid");
    assertThat(answer.demanded("WWW-Authenticate")).startsWith("Bearer");
    assertThat(answer.body()).doesNotContain("expired at", "Jwt", "nimbus");
  }

  /** What the answer does not tell. */
  private void refusedFor(String reason, String token) {
    refused(token);
    assertThatThrownBy(() -> api.bean(JwtDecoder.class).decode(token)).hasMessageContaining(reason);
  }

  private void ofAcme(JWTClaimsSet.Builder claims) {
    claims
        .claim("tenant_id", platform.acme().id().toString())
        .claim("scope", "tenant:read tenant:write");
  }
}
