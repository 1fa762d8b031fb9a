package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits that are low, and callers whose address a proxy tells; each test has its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttemptsIT {

  private static final String GRANT = "grant_type=client_credentials";

  private final ApiServer.Platform platform = ApiServer.platform();
  private final ApiServer api =
      ApiServer.start(
          "server.forward-headers-strategy=native",
          "tenantry.security.failed-logins-per-client=3",
          "tenantry.security.failed-logins-per-address=7",
          "tenantry.security.bad-tokens-per-address=5");

  private final AtomicInteger addresses = new AtomicInteger();

  @AfterAll
  void close() {
    api.close();
  }

  @Test
  void aClientThatKeepsFailingHasToWaitAtThatAddressAlone() {
    for (int i = 0; i < 3; i++) {
      login("203.0.113.1", "acme-desk", "wrong").is(401);
    }

    Answer wait = login("203.0.113.1", "acme-desk", "wrong").isProblem(429, "too_many_failures");
    assertThat(Integer.parseInt(wait.demanded("Retry-After"))).isBetween(1, 60);
    login("203.0.113.1", "acme-desk", ApiServer.SECRET).isProblem(429, "too_many_failures");
    login("203.0.113.1", "operator", ApiServer.SECRET).is(200);
    login("203.0.113.2", "acme-desk", ApiServer.SECRET).is(200);
  }

  @Test
  void anAddressThatTriesManyClientsHasToWait() {
    for (int i = 0; i < 7; i++) {
      login("203.0.113.3", "guess-" + i, "wrong").is(401);
    }

    login("203.0.113.3", "guess-7", "wrong").isProblem(429, "too_many_failures");
    login("203.0.113.3", "operator", ApiServer.SECRET).isProblem(429, "too_many_failures");
    login("203.0.113.4", "operator", ApiServer.SECRET).is(200);
  }

  @Test
  void loginsThatSucceedAreNotCounted() {
    for (int i = 0; i < 12; i++) {
      login("203.0.113.5", "acme-desk", ApiServer.SECRET).is(200);
    }
  }

  @Test
  void badTokensAreRefusedHarderAndGoodOnesServed() {
    for (int i = 0; i < 5; i++) {
      get("203.0.113.6", "x.y.z").isProblem(401, "token_invalid");
    }

    Answer wait = get("203.0.113.6", "x.y.z").isProblem(429, "too_many_failures");
    assertThat(wait.header("Retry-After")).isPresent();
    get("203.0.113.6", platform.tokens().tenant(platform.acme().id())).is(200);
    get("203.0.113.7", "x.y.z").isProblem(401, "token_invalid");
  }

  @Test
  void anIpv6CallerIsItsNetwork() {
    for (int i = 0; i < 5; i++) {
      get("2001:db8:0:1::" + i, "x.y.z").isProblem(401, "token_invalid");
    }

    get("2001:db8:0:1:ffff::1", "x.y.z").isProblem(429, "too_many_failures");
    get("2001:db8:0:2::1", "x.y.z").isProblem(401, "token_invalid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "&client_id=%00&client_secret=x",
        "&client_id=a%00b&client_secret=%00",
        "&client_id=%C0%AF&client_secret=%F8%88%80%80%80",
        "&client_id=%ED%A0%80&client_secret=x",
        "&client_id=%FF%FE&client_secret=%FF",
        "&client_id=%&client_secret=%zz",
        "&client_id=acme-desk&client_id=acme-desk&client_secret=x",
        "&client_id=&client_secret=",
        "&=&&&;=%",
        "&scope=%00&client_id=acme-desk&client_secret=x"
      })
  void oddFormsAreRefusedAndNoFaultOfOurs(String form) {
    assertThat(form(ownAddress(), GRANT + form).status()).isIn(400, 401);
  }

  @Test
  void oddCredentialsAreRefusedAndNoFaultOfOurs() {
    for (byte[] odd :
        new byte[][] {
          {(byte) 0xC0, (byte) 0xAF, ':', 'x'},
          {0, ':', 0},
          {(byte) 0xFF, ':', (byte) 0xFF},
          {':'},
          {'%', ':', '%'},
          "a".repeat(9000).concat(":x").getBytes(StandardCharsets.US_ASCII)
        }) {
      String credentials = Base64.getEncoder().encodeToString(odd);
      assertThat(
              token(ownAddress(), GRANT)
                  .header("Authorization", "Basic " + credentials)
                  .send()
                  .status())
          .isIn(400, 401, 431);
    }
    assertThat(token(ownAddress(), GRANT).header("Authorization", "Basic %%%").send().status())
        .isIn(400, 401);
    String longest = "&client_id=" + "a".repeat(50_000) + "&client_secret=x";
    assertThat(form(ownAddress(), GRANT + longest).status()).isIn(400, 401, 413);
  }

  /** One that no other case has used up. */
  private String ownAddress() {
    return "198.51.100." + addresses.incrementAndGet();
  }

  private Answer get(String address, String token) {
    return api.get("/v1/tenant").header("X-Forwarded-For", address).token(token).send();
  }

  private Answer login(String address, String client, String secret) {
    return form(
        address, GRANT + "&client_id=" + client + "&client_secret=" + secret.replace(" ", "+"));
  }

  private Answer form(String address, String form) {
    return token(address, form).send();
  }

  private Call token(String address, String form) {
    return api.call("POST", "/oauth2/token")
        .header("X-Forwarded-For", address)
        .body("application/x-www-form-urlencoded", BodyPublishers.ofString(form));
  }
}
