package io.tenantry.control.certificate;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;

/** Signs certificates with Ed25519, and says whether one can be believed. Stateless. */
public final class Certificates {

  /** The one algorithm that is signed with and believed. */
  public static final String ALGORITHM = "Ed25519";

  private Certificates() {}

  /** Signs the document as it is, byte for byte. */
  public static SignedCertificate sign(byte[] document, KeyPair key) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key.getPrivate());
      signature.update(document);
      return new SignedCertificate(
          document,
          ALGORITHM,
          keyId(key.getPublic()),
          key.getPublic().getEncoded(),
          signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java does not sign with " + ALGORITHM + ".", e);
    }
  }

  /**
   * Believes the certificate, or throws.
   *
   * @param trusted the platform's public key, from its secrets' folder and not from the certificate
   * @throws TenantryException with {@code certificate_invalid}, saying why
   */
  public static void verify(SignedCertificate certificate, PublicKey trusted) {
    if (!certificate.algorithm().equals(ALGORITHM)) {
      throw invalid("It is signed with " + certificate.algorithm() + ", not with " + ALGORITHM);
    }
    if (!certificate.keyId().equals(keyId(trusted))
        || !Arrays.equals(certificate.publicKey(), trusted.getEncoded())) {
      throw invalid(
          "It is signed with key " + certificate.keyId() + ", not with " + keyId(trusted));
    }
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(trusted);
      signature.update(certificate.document());
      if (!signature.verify(certificate.signature())) {
        throw invalid("The signature is not that of the document");
      }
    } catch (GeneralSecurityException e) {
      throw invalid("The signature is not one of " + ALGORITHM);
    }
  }

  /** SHA-256 of the key as SubjectPublicKeyInfo, as hex. */
  public static String keyId(PublicKey key) {
    return sha256(key.getEncoded());
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  private static TenantryException invalid(String why) {
    return new TenantryException(ErrorCode.CERTIFICATE_INVALID, why + ".");
  }
}
