package io.tenantry.migrations.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.control.certificate.Certificates;
import io.tenantry.control.certificate.PurgeCertificate;
import io.tenantry.control.certificate.PurgeCertificate.Remaining;
import io.tenantry.control.certificate.PurgeItem;
import io.tenantry.control.certificate.SignedCertificate;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.testkit.SeenCodes;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CertificatesTest {

  private static final PurgeCertificate CERTIFICATE =
      new PurgeCertificate(
          TenantId.parse("0190b6f0-7a3c-7d21-8e55-2f4c1a9b6d12"),
          PurgeCertificate.hash("acme"),
          new UUID(1, 2),
          Instant.EPOCH,
          null,
          Instant.EPOCH.plusSeconds(1),
          Instant.EPOCH.plusSeconds(2),
          List.of(new PurgeItem("tenant.desk_orders", 3, "ab"), new PurgeItem("roles", 1, null)),
          List.of("roles", "schemas"),
          List.of(new Remaining("audit", "a \"quoted\\\\\nline\"", null)));

  private final KeyPair key = newKey();
  private final SignedCertificate signed = Certificates.sign(CERTIFICATE.document(), key);

  @Test
  void theDocumentIsTheSameBytesForTheSameFacts() {
    assertThat(signed.json())
        .isEqualTo(
            "{\"version\":1,\"kind\":\"tenant-purge\","
                + "\"tenantId\":\"0190b6f0-7a3c-7d21-8e55-2f4c1a9b6d12\","
                + "\"slugSha256\":\"822b33ad87c148a0a20a5ba7cd5ebcaa68d36a18e7aad165554903f52ca82757\","
                + "\"operationId\":\"00000000-0000-0001-0000-000000000002\","
                + "\"createdAt\":\"1970-01-01T00:00:00Z\",\"deletedAt\":null,"
                + "\"retainedUntil\":\"1970-01-01T00:00:01Z\",\"purgedAt\":\"1970-01-01T00:00:02Z\","
                + "\"removed\":[{\"place\":\"tenant.desk_orders\",\"rows\":3,\"sha256\":\"ab\"},"
                + "{\"place\":\"roles\",\"rows\":1,\"sha256\":null}],"
                + "\"searched\":[\"roles\",\"schemas\"],"
                + "\"remaining\":[{\"place\":\"audit\",\"what\":\"a"
                + " \\\"quoted\\\\\\\\\\u000aline\\\"\",\"until\":null}]}");
  }

  @Test
  void aCertificateIsBelievedByItsKey() {
    Certificates.verify(signed, key.getPublic());
    assertThat(signed.keyId()).isEqualTo(Certificates.keyId(key.getPublic())).hasSize(64);
  }

  @Test
  void oneByteMoreIsNotWhatWasSigned() {
    refused(changed((signed.json() + " ").getBytes(StandardCharsets.UTF_8)), key.getPublic());
    refused(
        changed(signed.json().replace("\"rows\":3", "\"rows\":4").getBytes(StandardCharsets.UTF_8)),
        key.getPublic());
  }

  @Test
  void aKeyThatCameWithTheCertificateIsNotTheOneToBelieve() {
    SignedCertificate forged = Certificates.sign(CERTIFICATE.document(), newKey());
    refused(forged, key.getPublic());
    refused(
        new SignedCertificate(
            forged.document(),
            forged.algorithm(),
            signed.keyId(),
            signed.publicKey(),
            forged.signature()),
        key.getPublic());
  }

  @Test
  void anotherAlgorithmAndABrokenSignatureAreRefused() {
    refused(
        new SignedCertificate(
            signed.document(), "none", signed.keyId(), signed.publicKey(), signed.signature()),
        key.getPublic());
    refused(
        new SignedCertificate(
            signed.document(), "Ed25519", signed.keyId(), signed.publicKey(), new byte[0]),
        key.getPublic());
  }

  private SignedCertificate changed(byte[] document) {
    return new SignedCertificate(
        document, signed.algorithm(), signed.keyId(), signed.publicKey(), signed.signature());
  }

  private static void refused(SignedCertificate certificate, PublicKey trusted) {
    assertThatThrownBy(() -> Certificates.verify(certificate, trusted))
        .isInstanceOfSatisfying(
            TenantryException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CERTIFICATE_INVALID));
    SeenCodes.saw(ErrorCode.CERTIFICATE_INVALID);
  }

  private static KeyPair newKey() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
