package io.tenantry.control.certificate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A certificate with its signature. Immutable but for the arrays, which nobody changes.
 *
 * @param document JSON in UTF-8: exactly the bytes that are signed
 * @param algorithm {@code Ed25519}
 * @param keyId SHA-256 of the public key, as hex
 * @param publicKey as SubjectPublicKeyInfo; who believes it has to know it from elsewhere
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes of a column; compared by content below.
public record SignedCertificate(
    byte[] document, String algorithm, String keyId, byte[] publicKey, byte[] signature) {

  /** The document as text. */
  public String json() {
    return new String(document, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SignedCertificate that
        && Arrays.equals(document, that.document)
        && algorithm.equals(that.algorithm)
        && keyId.equals(that.keyId)
        && Arrays.equals(publicKey, that.publicKey)
        && Arrays.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(document);
  }

  @Override
  public String toString() {
    return "SignedCertificate[keyId=" + keyId + ", document=" + json() + "]";
  }
}
