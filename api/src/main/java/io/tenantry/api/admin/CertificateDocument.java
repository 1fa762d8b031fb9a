package io.tenantry.api.admin;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tenantry.control.certificate.SignedCertificate;
import java.util.Base64;

/**
 * A certificate as it is answered: to be read, and to be verified.
 *
 * @param certificate what it says
 * @param document the same, byte for byte as it is signed, in Base64
 * @param keyId SHA-256 of the public key, as hex
 * @param publicKey SubjectPublicKeyInfo in Base64; to be believed only when it is known from
 *     elsewhere
 * @param signature in Base64
 */
record CertificateDocument(
    @JsonRawValue @Schema(type = "object") String certificate,
    String document,
    String algorithm,
    String keyId,
    String publicKey,
    String signature) {

  static CertificateDocument of(SignedCertificate signed) {
    Base64.Encoder base64 = Base64.getEncoder();
    return new CertificateDocument(
        signed.json(),
        base64.encodeToString(signed.document()),
        signed.algorithm(),
        signed.keyId(),
        base64.encodeToString(signed.publicKey()),
        base64.encodeToString(signed.signature()));
  }
}
