package io.tenantry.api.openapi;

import static io.swagger.v3.oas.models.PathItem.HttpMethod.DELETE;
import static io.swagger.v3.oas.models.PathItem.HttpMethod.GET;
import static io.swagger.v3.oas.models.PathItem.HttpMethod.POST;
import static io.swagger.v3.oas.models.PathItem.HttpMethod.PUT;

import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.tenantry.tenancy.error.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is done to tenants that are there, up to their end. */
final class TenantLifeOperations {

  private static final String PATH = "/admin/v1/tenants/{slug}";
  private static final String TAG = "Platform";
  private static final String SHA256 = "^[0-9a-f]{64}$";
  private static final String CERTIFICATE =
      """
      {"certificate":{"version":1,"kind":"tenant-purge",
        "tenantId":"0190b6f0-7a3c-7d21-8e55-2f4c1a9b6d12"},
       "document":"e30=","algorithm":"Ed25519",
       "keyId":"%s","publicKey":"MCow","signature":"AAEC"}
      """
          .formatted("0".repeat(64));

  private TenantLifeOperations() {}

  static Map<String, Schema<?>> schemas() {
    return Forms.fields(
        "TenantHold",
        Forms.answer(
            Forms.fields("reason", Forms.text(500), "by", Forms.string(), "since", Forms.time())),
        "TenantHoldPut",
        Forms.request(Forms.fields("reason", Forms.text(500)), "reason"),
        "TenantCertificate",
        Forms.answer(
            Forms.fields(
                "certificate",
                Forms.anyObject().description("What it says."),
                "document",
                Forms.string().description("The same, byte for byte as it is signed, in Base64."),
                "algorithm",
                Forms.named(Stream.of("Ed25519")),
                "keyId",
                Forms.matching(SHA256).description("SHA-256 of the public key."),
                "publicKey",
                Forms.string()
                    .description(
                        "SubjectPublicKeyInfo in Base64; believe it only when you know it from"
                            + " elsewhere."),
                "signature",
                Forms.string().description("Of the document, in Base64."))));
  }

  static List<DescribedOperation> all() {
    return List.of(
        delete(),
        suspend(),
        resume(),
        undelete(),
        retry(),
        hold(),
        release(),
        purge(),
        certificate());
  }

  private static DescribedOperation delete() {
    return accepted(
            DescribedOperation.of(DELETE, PATH)
                .named("deleteTenant", TAG, "Delete a tenant")
                .says(
                    "Its requests are refused at once. When nothing of it runs any more it is"
                        + " RETAINED, and can be undeleted until its purgeAfter.")
                .takes("Slug", "IfMatch", "ConfirmTenant"))
        .refuses(
            ErrorCode.CONFIRMATION_REQUIRED,
            ErrorCode.DELETION_PROTECTED,
            ErrorCode.TENANT_STATE_CONFLICT,
            ErrorCode.PRECONDITION_REQUIRED,
            ErrorCode.PRECONDITION_FAILED);
  }

  private static DescribedOperation suspend() {
    return done(
        DescribedOperation.of(POST, PATH + "/suspend")
            .named("suspendTenant", TAG, "Suspend a tenant")
            .says("Every instance refuses its requests within 5 s. Repeatable."));
  }

  private static DescribedOperation resume() {
    return done(
        DescribedOperation.of(POST, PATH + "/resume")
            .named("resumeTenant", TAG, "Resume a suspended tenant")
            .says("Every instance serves it within 5 s. Repeatable."));
  }

  private static DescribedOperation undelete() {
    return done(
        DescribedOperation.of(POST, PATH + "/undelete")
            .named("undeleteTenant", TAG, "Bring a deleted tenant back")
            .says(
                "Whole, and to the state it had; one that was still being made comes back as"
                    + " FAILED. Possible until its purge is asked for."));
  }

  private static DescribedOperation retry() {
    return accepted(
            DescribedOperation.of(POST, PATH + "/retry")
                .named("retryTenant", TAG, "Try again what failed")
                .says(
                    "The making of a FAILED tenant, or the end of an OFFBOARDING one. Answers the"
                        + " operation that is under way, if there is one.")
                .takes("Slug"))
        .refuses(ErrorCode.TENANT_STATE_CONFLICT);
  }

  private static DescribedOperation hold() {
    return done(
        DescribedOperation.of(PUT, PATH + "/hold")
            .named("holdTenant", TAG, "Put a legal hold on a tenant")
            .says("It is not purged while it is held, whatever its state and its retention.")
            .body("TenantHoldPut", "plain", "{\"reason\":\"Case 2026-17\"}"));
  }

  private static DescribedOperation release() {
    return answersTenant(
        DescribedOperation.of(DELETE, PATH + "/hold")
            .named("releaseTenant", TAG, "Lift a tenant's legal hold")
            .says("A tenant without one stays as it is."));
  }

  private static DescribedOperation purge() {
    return accepted(
            DescribedOperation.of(POST, PATH + "/purge")
                .named("purgeTenant", TAG, "Remove a deleted tenant for good")
                .says(
                    "A dry run unless dryRun is false: its operation's steps say what would go. The"
                        + " purge itself needs Confirm-Tenant, and ends with a certificate.")
                .takes("Slug", "ConfirmTenant")
                .takes(
                    SharedParts.in(
                            "query", "dryRun", Forms.named(Stream.of("true", "false")), "true")
                        .description("true unless said."))
                .security(
                    new SecurityRequirement()
                        .addList(Security.CLIENT_CREDENTIALS, "platform:purge"),
                    new SecurityRequirement().addList(Security.BEARER)))
        .refuses(
            ErrorCode.CONFIRMATION_REQUIRED,
            ErrorCode.LEGAL_HOLD,
            ErrorCode.RETENTION_NOT_OVER,
            ErrorCode.TENANT_STATE_CONFLICT);
  }

  private static DescribedOperation certificate() {
    return DescribedOperation.of(GET, PATH + "/certificate")
        .named("readTenantCertificate", TAG, "Read the certificate of a purged tenant")
        .says(
            "Of the tenant that had the slug and was purged last. It says what was removed, when,"
                + " where nothing was found afterwards, and what stays.")
        .takes("Slug")
        .answers(200, "The certificate.", "TenantCertificate", CERTIFICATE);
  }

  private static DescribedOperation done(DescribedOperation operation) {
    return answersTenant(operation).refuses(ErrorCode.TENANT_STATE_CONFLICT);
  }

  private static DescribedOperation answersTenant(DescribedOperation operation) {
    return operation
        .takes("Slug")
        .answers(200, "The tenant.", "Tenant", TenantOperations.EXAMPLE, "ETag");
  }

  private static DescribedOperation accepted(DescribedOperation operation) {
    return operation.answers(
        202,
        "An operation does it; Location names it.",
        "Tenant",
        TenantOperations.EXAMPLE,
        "ETag",
        "Location");
  }
}
