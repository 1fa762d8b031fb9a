package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Issuers elsewhere; each test that has keys read has an issuer of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IssuersIT {

  private static final String FIRST = "https://first.test";
  private static final String SECOND = "https://second.test/";
  private static final String ROTATING = "https://rotating.test";
  private static final String LEAVING = "https://leaving.test";
  private static final String ASKED = "https://asked.test";
  private static final String AWAY = "https://away.test";

  private final Signer rsa = Signer.rsa("rsa");
  private final Signer ec = Signer.ec("ec");
  private final Signer ed = Signer.ed25519("ed");
  private final Signer second = Signer.rsa("second");
  private final KeyServer firstKeys =
      new KeyServer(rsa.publicKey(), ec.publicKey(), ed.publicKey());
  private final KeyServer secondKeys = new KeyServer(second.publicKey());
  private final KeyServer rotatingKeys = new KeyServer(rsa.publicKey());
  private final KeyServer leavingKeys = new KeyServer(rsa.publicKey());
  private final KeyServer askedKeys = new KeyServer(rsa.publicKey());
  private final ApiServer.Platform platform = ApiServer.platform();
  private final ApiServer api =
      ApiServer.start(
          settings(
              List.of(FIRST, SECOND, ROTATING, LEAVING, ASKED, AWAY),
              List.of(
                  firstKeys.address(),
                  secondKeys.address(),
                  rotatingKeys.address(),
                  leavingKeys.address(),
                  askedKeys.address(),
                  "http://127.0.0.1:1/jwks")));

  @AfterAll
  void close() {
    api.close();
    for (KeyServer server : List.of(firstKeys, secondKeys, rotatingKeys, leavingKeys, askedKeys)) {
      server.close();
    }
  }

  @Test
  void aTokenWithAnyOfTheThreeAlgorithmsIsServed() {
    for (Signer signer : List.of(rsa, ec, ed)) {
      served(signer.sign(claims(FIRST)));
    }
    served(ed.sign(claims(FIRST), Map.of("alg", "Ed25519")));
  }

  @Test
  void anIssuerElsewhereNeedNotTypeItsTokens() {
    for (String type : List.of("JWT", "at+jwt", "")) {
      served(rsa.sign(claims(FIRST), Map.of("typ", type)));
    }
    refused(rsa.sign(claims(FIRST), Map.of("typ", "dpop+jwt")));
  }

  @Test
  void theBuiltInIssuersTokensAreStillServed() {
    served(platform.tokens().tenant(platform.acme().id()));
  }

  @Test
  void aKeyVerifiesNoTokenThatNamesAnotherIssuer() {
    served(second.sign(claims(SECOND, "elsewhere")));
    refused(second.sign(claims(FIRST)));
    refused(rsa.sign(claims(SECOND, "elsewhere")));
    refused(rsa.sign(claims(ApiServer.ISSUER), Map.of("typ", "at+jwt")));
    refused(
        new Signer("built-in", "RS256", platform.tokens().key())
            .sign(claims(FIRST), Map.of("kid", "")));
    refused(rsa.sign(claims("https://nobody.test")));
    refused(rsa.sign(claims(FIRST + "/")));
  }

  @Test
  void eachIssuerHasItsAudience() {
    refused(second.sign(claims(SECOND)));
    refused(rsa.sign(claims(FIRST, "elsewhere")));
  }

  @Test
  void anIssuerNamesNoTenantButItsOwn() {
    String globex = platform.globex().id().toString();
    served(rsa.sign(claims(FIRST)));
    refused(rsa.sign(with(claims(FIRST), "tenant_id", globex)));
    assertThat(
            call(second.sign(with(claims(SECOND, "elsewhere"), "tenant_id", globex)))
                .is(200)
                .text("slug"))
        .isEqualTo("globex");
  }

  @Test
  void anIssuerDoesNotSpeakForThePlatformUnlessItIsSaid() {
    JWTClaimsSet firsts = with(claims(FIRST), "tenant_id", null);
    admin(rsa.sign(with(firsts, "scope", "platform:read"))).isProblem(401, "token_invalid");
    refused(rsa.sign(firsts));

    JWTClaimsSet seconds = with(claims(SECOND, "elsewhere"), "tenant_id", null);
    admin(second.sign(with(seconds, "scope", "platform:read"))).is(200);
  }

  @Test
  void aSubjectIsOfBoundedLengthAndVisible() {
    served(rsa.sign(with(claims(FIRST), "sub", "x".repeat(255))));
    for (String odd :
        List.of("", " ", "x".repeat(256), "a\nb", "a\u0000", "a\u0085b", "a\u2028b")) {
      refused(rsa.sign(with(claims(FIRST), "sub", odd)));
    }
  }

  @Test
  void theAuditTellsSomebodyElsewhereFromAClientOfTheSameName() {
    for (String name : List.of("platform", "acme-desk")) {
      api.post("/v1/reports", "{\"title\":\"Named\",\"body\":\"b\"}")
          .token(rsa.sign(with(claims(FIRST), "sub", name)))
          .send()
          .is(201);

      assertThat(
              api.get("/v1/audit-events?limit=1")
                  .token(platform.tokens().tenant(platform.acme().id()))
                  .send()
                  .is(200)
                  .body())
          .contains("\"" + FIRST + " " + name + "\"");
    }
  }

  @Test
  void noOtherAlgorithmIsAccepted() throws GeneralSecurityException {
    JWTClaimsSet claims = claims(FIRST);
    refused(rsa.sign(claims, Map.of("alg", "RS512"), "SHA512withRSA"));
    refused(rsa.sign(claims, Map.of("alg", "none"), null));
    refused(rsa.sign(claims, Map.of("alg", "RS256"), null));
    // The published key as a shared secret, in the forms that libraries were caught with.
    for (byte[] secret :
        List.of(
            rsa.pair().getPublic().getEncoded(),
            rsa.publicKey().toJSONString().getBytes(StandardCharsets.UTF_8))) {
      String signed =
          Base64URL.encode("{\"alg\":\"HS256\",\"kid\":\"rsa\",\"typ\":\"JWT\"}")
              + "."
              + Base64URL.encode(claims.toString());
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      refused(
          signed + "." + Base64URL.encode(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
    }
    // A key is used for its own algorithm alone.
    refused(rsa.sign(claims, Map.of("kid", "ec")));
    refused(ec.sign(claims, Map.of("kid", "ed")));
    refused(ed.sign(claims, Map.of("kid", "rsa")));
  }

  @Test
  void aSignatureOfEachAlgorithmIsLookedAt() {
    Signer[] forgers = {Signer.rsa("rsa"), Signer.ec("ec"), Signer.ed25519("ed")};
    for (Signer forger : forgers) {
      refused(forger.sign(claims(FIRST)));
    }
    String good = ed.sign(claims(FIRST));
    refused(good.substring(0, good.lastIndexOf('.') + 1) + Base64URL.encode(new byte[64]));
    refused(good.substring(0, good.lastIndexOf('.') + 1) + Base64URL.encode(new byte[3]));
  }

  @Test
  void keysInTheTokenItselfAreNotRead() {
    Signer attacker = Signer.rsa("attacker");
    try (KeyServer attackers = new KeyServer(attacker.publicKey())) {
      Map<String, Object> header =
          Map.of(
              "jwk", attacker.publicKey().toJSONObject(),
              "jku", attackers.address(),
              "x5u", attackers.address());
      refused(attacker.sign(claims(FIRST), header));
      refused(new Signer("rsa", "RS256", attacker.pair()).sign(claims(FIRST), header));
      served(rsa.sign(claims(FIRST), header));
      assertThat(attackers.asked()).isZero();
    }
  }

  @Test
  void aCriticalExtensionThatNobodyKnowsIsRefused() {
    refused(rsa.sign(claims(FIRST), Map.of("crit", List.of("exp"), "exp", 1)));
    refused(ed.sign(claims(FIRST), Map.of("crit", List.of("b64"), "b64", true)));
  }

  @Test
  void aNewKeyIsTakenWithoutARestartAndAnOldOneEnds() {
    served(rsa.sign(claims(ROTATING)));
    refused(ec.sign(claims(ROTATING)));
    Signer next = Signer.ed25519("next");
    rotatingKeys.publish(next.publicKey());

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> served(next.sign(claims(ROTATING))));
    refused(rsa.sign(claims(ROTATING)));
  }

  @Test
  void knownKeysServeOnWhileTheIssuerIsAway() {
    served(rsa.sign(claims(LEAVING)));
    leavingKeys.close();

    for (int i = 0; i < 5; i++) {
      assertThat(call(Signer.ec("made-up-" + i).sign(claims(LEAVING))).status()).isIn(401, 503);
      served(rsa.sign(claims(LEAVING)));
    }
  }

  @Test
  void madeUpKeysDoNotHammerTheIssuer() {
    served(rsa.sign(claims(ASKED)));
    long begun = System.nanoTime();
    for (int i = 0; i < 40; i++) {
      refused(rsa.sign(claims(ASKED), Map.of("kid", "made-up-" + i)));
    }
    long tenSeconds = 1 + (System.nanoTime() - begun) / 10_000_000_000L;

    assertThat((long) askedKeys.asked()).isLessThanOrEqualTo(2 + 2 * tenSeconds);
    assertThat(askedKeys.asked()).isLessThan(30);
  }

  @Test
  void anIssuerThatWasNeverReachedIsNotTheTokensFault() {
    for (int i = 0; i < 4; i++) {
      Answer answer = call(rsa.sign(claims(AWAY))).isProblem(503, "issuer_unavailable");
      assertThat(answer.header("Retry-After")).isPresent();
      assertThat(answer.body()).doesNotContain("127.0.0.1", "refused");
    }
  }

  @Test
  void oneIssuerIsNotNamedTwice() {
    assertThatThrownBy(
            () ->
                ApiServer.start(
                    "tenantry.security.issuers[0].uri=" + ApiServer.ISSUER,
                    "tenantry.security.issuers[0].jwks-uri=" + firstKeys.address(),
                    "tenantry.security.issuers[0].tenants=any"))
        .rootCause()
        .hasMessageContaining("tenantry.issuer.uri");
  }

  @Test
  void keysOfOneSubjectOfTwoIssuersAreTwoKeys() {
    Function<JWTClaimsSet.Builder, JWTClaimsSet> operator =
        claims -> claims.subject("operator").claim("scope", "platform:write").build();
    String first = rsa.sign(operator.apply(Tokens.claims().issuer(FIRST).audience("tenantry")));
    String other =
        second.sign(operator.apply(Tokens.claims().issuer(SECOND).audience("elsewhere")));

    List<String> both =
        new ArrayList<>(
            List.of(
                settings(
                    List.of(FIRST, SECOND), List.of(firstKeys.address(), secondKeys.address()))));
    both.add("tenantry.security.issuers[0].platform=true");
    try (ApiServer server = ApiServer.start(both.toArray(String[]::new))) {
      Answer made = keyedClient(server, first).is(201);
      Answer others = keyedClient(server, other).is(201);

      assertThat(others.header("Idempotency-Replayed")).isEmpty();
      assertThat(others.text("clientId")).isNotEqualTo(made.text("clientId"));
      Answer again = keyedClient(server, first).is(201);
      assertThat(again.header("Idempotency-Replayed")).hasValue("true");
      assertThat(again.text("clientId")).isEqualTo(made.text("clientId"));
    }
  }

  private static Answer keyedClient(ApiServer server, String token) {
    return server
        .post("/admin/v1/tenants/acme/clients", "{}")
        .token(token)
        .header("Idempotency-Key", "one-key-of-two")
        .send();
  }

  private void served(String token) {
    assertThat(call(token).is(200).text("slug")).isEqualTo("acme");
  }

  private void refused(String token) {
    call(token).isProblem(401, "token_invalid");
  }

  private Answer call(String token) {
    return api.get("/v1/tenant").token(token).send();
  }

  private Answer admin(String token) {
    return api.get("/admin/v1/tenants").token(token).send();
  }

  private static JWTClaimsSet with(JWTClaimsSet claims, String name, @Nullable String value) {
    return new JWTClaimsSet.Builder(claims).claim(name, value).build();
  }

  private JWTClaimsSet claims(String issuer) {
    return claims(issuer, "tenantry");
  }

  private JWTClaimsSet claims(String issuer, String audience) {
    return Tokens.claims()
        .issuer(issuer)
        .audience(audience)
        .claim("tenant_id", platform.acme().id().toString())
        .claim("scope", "tenant:read tenant:write")
        .build();
  }

  private static String[] settings(List<String> uris, List<String> addresses) {
    List<String> settings = new ArrayList<>();
    for (int i = 0; i < uris.size(); i++) {
      String issuer = "tenantry.security.issuers[" + i + "].";
      settings.add(issuer + "uri=" + uris.get(i));
      settings.add(issuer + "jwks-uri=" + addresses.get(i));
      settings.add(issuer + "tenants=" + ApiServer.platform().acme().id());
    }
    settings.add("tenantry.security.issuers[1].audience=elsewhere");
    settings.add("tenantry.security.issuers[1].tenants=any");
    settings.add("tenantry.security.issuers[1].platform=true");
    return settings.toArray(String[]::new);
  }
}
