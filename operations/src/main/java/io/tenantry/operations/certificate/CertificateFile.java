package io.tenantry.operations.certificate;

import io.tenantry.control.certificate.Certificates;
import io.tenantry.control.certificate.SignedCertificate;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A certificate as {@code GET /admin/v1/tenants/{slug}/certificate} answers it, kept in a file.
 * Stateless; asks neither a server nor a database.
 *
 * <p>All methods throw {@code TenantryException} with {@code certificate_invalid}, saying why.
 */
public final class CertificateFile {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String END = "-----END PUBLIC KEY-----";

  private CertificateFile() {}

  /**
   * Believes the certificate in the file, or throws.
   *
   * @param trusted the platform's public key, known from elsewhere than the file
   * @return what it says, as JSON: the bytes that are signed
   */
  public static String verify(Path file, PublicKey trusted) {
    JsonNode answer = read(file);
    SignedCertificate signed =
        new SignedCertificate(
            bytes(answer, "document"),
            answer.path("algorithm").asString(""),
            answer.path("keyId").asString(""),
            bytes(answer, "publicKey"),
            bytes(answer, "signature"));
    Certificates.verify(signed, trusted);
    // What people read must not say something else than what is signed.
    if (!parse(signed.json()).equals(answer.path("certificate"))) {
      throw invalid("Its readable part says something else than what is signed.");
    }
    return signed.json();
  }

  /**
   * A public key.
   *
   * @param pem a PEM file that has a block PUBLIC KEY
   */
  public static PublicKey publicKey(Path pem) {
    try {
      String text = Files.readString(pem, StandardCharsets.US_ASCII);
      int from = text.indexOf(BEGIN);
      int to = text.indexOf(END);
      if (from < 0 || to < from) {
        throw invalid(pem + " has no block PUBLIC KEY.");
      }
      String body = text.substring(from + BEGIN.length(), to).replaceAll("\\s", "");
      return KeyFactory.getInstance(Certificates.ALGORITHM)
          .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(body)));
    } catch (IOException e) {
      throw invalid(pem + " cannot be read (" + e.getClass().getSimpleName() + ").");
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw invalid(pem + " holds no key of " + Certificates.ALGORITHM + ".");
    }
  }

  private static JsonNode read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw invalid(file + " cannot be read (" + e.getClass().getSimpleName() + ").");
    }
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      throw invalid("It is not JSON.");
    }
  }

  private static byte[] bytes(JsonNode answer, String field) {
    try {
      return Base64.getDecoder().decode(answer.path(field).asString(""));
    } catch (IllegalArgumentException e) {
      throw invalid("Its field " + field + " is not Base64.");
    }
  }

  private static TenantryException invalid(String why) {
    return new TenantryException(ErrorCode.CERTIFICATE_INVALID, why);
  }
}
