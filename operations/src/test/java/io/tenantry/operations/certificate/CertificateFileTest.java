package io.tenantry.operations.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.control.certificate.Certificates;
import io.tenantry.control.certificate.SignedCertificate;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.credentials.directory.SecretDirectory;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Base64;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFileTest {

  private static final String SAYS = "{\"version\":1,\"rows\":3}";

  @TempDir private Path temp;
  private Path secrets;
  private PublicKey key;

  @BeforeEach
  void makeKey() {
    secrets = temp.resolve("secrets");
    SecretDirectory.createMissing(secrets);
    key = CertificateFile.publicKey(secrets.resolve("certificate-key.pem"));
  }

  @Test
  void theKeyInTheFolderIsTheOneThatSigns() {
    assertThat(key).isEqualTo(new DirectoryCredentialSource(secrets).certificateKey().getPublic());
  }

  @Test
  void aCertificateIsBelievedByTheKeyOfItsPlatform() throws IOException {
    assertThat(CertificateFile.verify(file(SAYS), key)).isEqualTo(SAYS);
  }

  @Test
  void aReadablePartThatSaysSomethingElseIsFound() throws IOException {
    Path file = file(SAYS.replace("3", "4"));
    refused(() -> CertificateFile.verify(file, key), "readable");
  }

  @Test
  void anotherPlatformsKeyDoesNotBelieveIt() throws IOException {
    Path file = file(SAYS);
    Path other = temp.resolve("other");
    SecretDirectory.createMissing(other);
    PublicKey stranger = CertificateFile.publicKey(other.resolve("certificate-key.pem"));
    refused(() -> CertificateFile.verify(file, stranger), "signed with key");
  }

  @Test
  void whatIsNoCertificateIsRefusedWithTheReason() throws IOException {
    Path file = temp.resolve("file");
    refused(() -> CertificateFile.verify(file, key), "cannot be read");
    Files.writeString(file, "no");
    refused(() -> CertificateFile.verify(file, key), "not JSON");
    Files.writeString(file, "{\"document\":\"?\"}");
    refused(() -> CertificateFile.verify(file, key), "Base64");
    Files.writeString(file, "{}");
    refused(() -> CertificateFile.verify(file, key), "signed with");
    refused(() -> CertificateFile.publicKey(file), "PUBLIC KEY");
    refused(() -> CertificateFile.publicKey(temp.resolve("none")), "cannot be read");
  }

  private Path file(String readable) throws IOException {
    SignedCertificate signed =
        Certificates.sign(
            SAYS.getBytes(StandardCharsets.UTF_8),
            new DirectoryCredentialSource(secrets).certificateKey());
    Base64.Encoder base64 = Base64.getEncoder();
    return Files.writeString(
        temp.resolve("certificate.json"),
        """
        {"certificate": %s, "document": "%s", "algorithm": "%s", "keyId": "%s",
         "publicKey": "%s", "signature": "%s"}
        """
            .formatted(
                readable,
                base64.encodeToString(signed.document()),
                signed.algorithm(),
                signed.keyId(),
                base64.encodeToString(signed.publicKey()),
                base64.encodeToString(signed.signature())));
  }

  private static void refused(ThrowingCallable call, String why) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            TenantryException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CERTIFICATE_INVALID))
        .hasMessageContaining(why);
  }
}
