package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenantry.control.Tenant;
import io.tenantry.control.certificate.Certificates;
import io.tenantry.control.certificate.SignedCertificate;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.migrations.provisioning.Provisioner;
import io.tenantry.tenancy.TenantId;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A tenant's life over HTTP, from being suspended to its certificate. */
class LifecycleIT {

  private static final String TENANTS = "/admin/v1/tenants/";

  private final ApiServer api = ApiServer.shared();
  private final ApiServer.Platform platform = ApiServer.platform();
  private final String operator = platform.tokens().platform();
  private final String purger =
      platform.tokens().platform("platform:read platform:write platform:purge");
  private final DirectoryCredentialSource credentials =
      new DirectoryCredentialSource(platform.secrets());
  private final Provisioner provisioner =
      PlatformSetup.provisioner(platform.address(), credentials, Duration.ZERO);

  @Test
  void aTenantIsSuspendedAndResumed() {
    Tenant tenant = made("life-turned");
    String token = platform.tokens().tenant(tenant.id());
    Answer suspended = post("life-turned/suspend").send().is(200);
    assertThat(suspended.text("status")).isEqualTo("SUSPENDED");
    assertThat(suspended.json().path("suspended").asBoolean()).isTrue();
    assertThat(suspended.header("ETag")).hasValue(suspended.text("etag"));
    assertThat(post("life-turned/suspend").send().is(200).body()).isEqualTo(suspended.body());
    refused(token, 403, "tenant_suspended");
    assertThat(post("life-turned/resume").send().is(200).text("status")).isEqualTo("ACTIVE");
    served(token);
  }

  @Test
  void theSameRequestWithAKeyIsCarriedOutOnce() {
    made("life-keyed");
    Answer first = post("life-keyed/suspend").header("Idempotency-Key", "life-1").send().is(200);
    post("life-keyed/resume").send().is(200);
    Answer again = post("life-keyed/suspend").header("Idempotency-Key", "life-1").send().is(200);
    assertThat(again.header("Idempotency-Replayed")).hasValue("true");
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(get("life-keyed").text("status")).isEqualTo("ACTIVE");
  }

  @Test
  void deletionIsConfirmedUnprotectedAndOfTheVersionThatWasRead() {
    made("life-guarded");
    String etag = get("life-guarded").demanded("ETag");
    delete("life-guarded", null, "life-guarded").isProblem(428, "precondition_required");
    delete("life-guarded", etag, null).isProblem(400, "confirmation_required");
    delete("life-guarded", etag, "another").isProblem(400, "confirmation_required");
    delete("life-guarded", etag, "life-guarded").isProblem(409, "deletion_protected");
    unprotect("life-guarded", 30);
    delete("life-guarded", etag, "life-guarded").isProblem(412, "precondition_failed");
    delete("life-guarded", get("life-guarded").demanded("ETag"), "life-guarded").is(202);
    put("life-guarded", "{\"deletionProtection\":true}").isProblem(409, "tenant_state_conflict");
  }

  @Test
  void aDeletedTenantIsRetainedAndComesBackWhole() {
    Tenant tenant = made("life-deleted");
    String token = platform.tokens().tenant(tenant.id());
    served(token);
    api.post(
            "/v1/orders",
            "{\"clientOrderId\":\"kept\",\"symbol\":\"K\",\"side\":\"BUY\","
                + "\"type\":\"MARKET\",\"quantity\":\"1\"}")
        .token(token)
        .send()
        .is(201);
    unprotect("life-deleted", 30);

    Answer deleted =
        delete("life-deleted", get("life-deleted").demanded("ETag"), "life-deleted").is(202);
    assertThat(deleted.text("status")).isEqualTo("OFFBOARDING");
    refused(token, 403, "tenant_unknown");
    assertThat(ended(deleted.demanded("Location")).text("kind")).isEqualTo("OFFBOARD");
    Answer retained = get("life-deleted");
    assertThat(retained.text("status")).isEqualTo("RETAINED");
    assertThat(retained.text("purgeAfter")).isNotEmpty();
    put("life-deleted", "{}").isProblem(409, "slug_retained");
    post("life-deleted/suspend").send().isProblem(409, "tenant_state_conflict");
    delete("life-deleted", retained.demanded("ETag"), "life-deleted")
        .isProblem(409, "tenant_state_conflict");

    Answer back = post("life-deleted/undelete").send().is(200);
    assertThat(back.text("status")).isEqualTo("ACTIVE");
    assertThat(back.json().path("purgeAfter").isNull()).isTrue();
    served(token);
    assertThat(api.get("/v1/orders").token(token).send().is(200).json().path("items").size())
        .isEqualTo(1);
    post("life-deleted/undelete").send().isProblem(409, "tenant_state_conflict");
  }

  @Test
  void aTenantThatIsNotMadeYetIsDeletedAndTriedAgainAfterUndelete() {
    put("life-early", "{\"deletionProtection\":false}").is(202);
    Answer deleted = delete("life-early", get("life-early").demanded("ETag"), "life-early").is(202);
    ended(deleted.demanded("Location"));
    assertThat(post("life-early/undelete").send().is(200).text("status")).isEqualTo("FAILED");
    Answer retried = post("life-early/retry").send().is(202);
    assertThat(post("life-early/retry").send().is(202).header("Location"))
        .isEqualTo(retried.header("Location"));
    assertThat(ended(retried.demanded("Location")).text("state")).isEqualTo("SUCCEEDED");
    assertThat(get("life-early").text("status")).isEqualTo("ACTIVE");
    post("life-early/retry").send().isProblem(409, "tenant_state_conflict");
  }

  @Test
  void aTenantIsHeldLookedAtPurgedAndCertified() {
    Tenant tenant = made("life-purged");
    String token = platform.tokens().tenant(tenant.id());
    unprotect("life-purged", 0);
    ended(
        delete("life-purged", get("life-purged").demanded("ETag"), "life-purged")
            .is(202)
            .demanded("Location"));

    post("life-purged/purge?dryRun=false").send().isProblem(403, "scope_missing");
    Answer held =
        api.call("PUT", TENANTS + "life-purged/hold")
            .json("{\"reason\":\"Case 17\"}")
            .token(operator)
            .send()
            .is(200);
    assertThat(held.json().path("hold").path("reason").asString()).isEqualTo("Case 17");
    assertThat(held.json().path("hold").path("by").asString()).isEqualTo("somebody");
    purge("life-purged", "life-purged").isProblem(409, "legal_hold");

    Answer looked = api.call("POST", TENANTS + "life-purged/purge").token(purger).send().is(202);
    Answer preview = ended(looked.demanded("Location"));
    assertThat(preview.text("kind")).isEqualTo("PURGE_PREVIEW");
    assertThat(preview.json().path("steps").path(0).path("detail").asString())
        .startsWith("would remove: ");
    assertThat(get("life-purged").text("status")).isEqualTo("RETAINED");

    api.call("DELETE", TENANTS + "life-purged/hold")
        .token(operator)
        .send()
        .isProblem(403, "scope_missing");
    Answer lifted = api.call("DELETE", TENANTS + "life-purged/hold").token(purger).send().is(200);
    assertThat(lifted.json().path("hold").isNull()).isTrue();
    purge("life-purged", null).isProblem(400, "confirmation_required");
    api.get(TENANTS + "life-purged/certificate").token(operator).send().isProblem(404, "not_found");
    Answer asked = purge("life-purged", "life-purged").is(202);
    post("life-purged/undelete").send().isProblem(409, "tenant_state_conflict");
    assertThat(ended(asked.demanded("Location")).text("state")).isEqualTo("SUCCEEDED");
    assertThat(purge("life-purged", "life-purged").body()).contains("not_found");

    api.get(TENANTS + "life-purged").token(operator).send().isProblem(404, "not_found");
    put("life-purged", "{}").isProblem(409, "slug_quarantined");
    refused(token, 403, "tenant_unknown");
    believed(
        api.get(TENANTS + "life-purged/certificate").token(operator).send().is(200), tenant.id());
  }

  private void believed(Answer answer, TenantId tenant) {
    JsonNode json = answer.json();
    Base64.Decoder base64 = Base64.getDecoder();
    SignedCertificate signed =
        new SignedCertificate(
            base64.decode(answer.text("document")),
            answer.text("algorithm"),
            answer.text("keyId"),
            base64.decode(answer.text("publicKey")),
            base64.decode(answer.text("signature")));
    Certificates.verify(signed, credentials.certificateKey().getPublic());
    assertThat(answer.body()).contains(signed.json());
    assertThat(json.path("certificate").path("tenantId").asString()).isEqualTo(tenant.toString());
  }

  @Test
  void theAnswerToThePurgeIsStillRepeatedWhenTheTenantIsGone() {
    made("life-repeated");
    unprotect("life-repeated", 0);
    ended(
        delete("life-repeated", get("life-repeated").demanded("ETag"), "life-repeated")
            .is(202)
            .demanded("Location"));
    Answer asked = keyedPurge("life-repeated").is(202);
    ended(asked.demanded("Location"));
    Answer again = keyedPurge("life-repeated").is(202);
    assertThat(again.header("Idempotency-Replayed")).hasValue("true");
    assertThat(again.header("Location")).isEqualTo(asked.header("Location"));
    assertThat(again.text("id")).isEqualTo(asked.text("id"));
    assertThat(asked.text("slug")).isEqualTo("life-repeated");
    assertThat(again.text("slug")).startsWith("purged-");
    assertThat(again.body()).doesNotContain("life-repeated");
  }

  private Answer keyedPurge(String slug) {
    return api.call("POST", TENANTS + slug + "/purge?dryRun=false")
        .header("Confirm-Tenant", slug)
        .header("Idempotency-Key", "purge-" + slug)
        .token(purger)
        .send();
  }

  @Test
  void retentionIsAPromise() {
    made("life-promised");
    unprotect("life-promised", 1);
    ended(
        delete("life-promised", get("life-promised").demanded("ETag"), "life-promised")
            .is(202)
            .demanded("Location"));
    purge("life-promised", "life-promised").isProblem(409, "retention_not_over");
  }

  @ParameterizedTest
  @ValueSource(strings = {"canary-a", "canary-b", "nobody-there", "No-Slug"})
  void whatIsNotThereCannotBeEnded(String slug) {
    provisioner.provisionCanaries();
    for (String path : List.of("/suspend", "/resume", "/undelete", "/retry")) {
      post(slug + path).send().isProblem(404, "not_found");
    }
    delete(slug, "\"1\"", slug).isProblem(404, "not_found");
    purge(slug, slug).isProblem(404, "not_found");
    api.call("PUT", TENANTS + slug + "/hold")
        .json("{\"reason\":\"x\"}")
        .token(operator)
        .send()
        .isProblem(404, "not_found");
    api.get(TENANTS + slug + "/certificate").token(operator).send().isProblem(404, "not_found");
  }

  @Test
  void whatCannotBeReadIsRefused() {
    made("life-strict");
    api.call("POST", TENANTS + "life-strict/purge?dryRun=maybe")
        .token(purger)
        .send()
        .isProblem(400, "parameter_invalid");
    for (String body : List.of("{}", "{\"reason\":\" \"}")) {
      Answer refused =
          api.call("PUT", TENANTS + "life-strict/hold").json(body).token(operator).send();
      assertThat(refused.isProblem(422, "validation_failed").pointers()).containsExactly("/reason");
    }
    api.call("POST", TENANTS + "life-strict/purge")
        .token(platform.tokens().platform("platform:purge"))
        .send()
        .isProblem(409, "tenant_state_conflict");
    api.call("POST", TENANTS + "life-strict/suspend")
        .token(platform.tokens().platform("platform:purge"))
        .send()
        .isProblem(403, "scope_missing");
  }

  private Tenant made(String slug) {
    return provisioner.provisionNow(slug, slug);
  }

  private Answer get(String slug) {
    return api.get(TENANTS + slug).token(operator).send().is(200);
  }

  private Answer put(String slug, String body) {
    return api.call("PUT", TENANTS + slug).json(body).token(operator).send();
  }

  private Call post(String path) {
    return api.call("POST", TENANTS + path).token(operator);
  }

  private void unprotect(String slug, int retentionDays) {
    put(slug, "{\"deletionProtection\":false,\"retentionDays\":" + retentionDays + "}").is(200);
  }

  private Answer delete(String slug, @Nullable String etag, @Nullable String confirmed) {
    Call call = api.call("DELETE", TENANTS + slug).token(operator);
    if (etag != null) {
      call.header("If-Match", etag);
    }
    if (confirmed != null) {
      call.header("Confirm-Tenant", confirmed);
    }
    return call.send();
  }

  private Answer purge(String slug, @Nullable String confirmed) {
    Call call = api.call("POST", TENANTS + slug + "/purge?dryRun=false").token(purger);
    if (confirmed != null) {
      call.header("Confirm-Tenant", confirmed);
    }
    return call.send();
  }

  private Answer ended(String location) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              provisioner.runNext();
              String state = api.get(location).token(operator).send().is(200).text("state");
              return state.equals("SUCCEEDED") || state.equals("FAILED");
            });
    Answer operation = api.get(location).token(operator).send().is(200);
    assertThat(operation.text("state")).as(operation.body()).isEqualTo("SUCCEEDED");
    return operation;
  }

  private void refused(String token, int status, String code) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> api.get("/v1/tenant").token(token).send().isProblem(status, code));
  }

  private void served(String token) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> api.get("/v1/tenant").token(token).send().is(200));
  }
}
