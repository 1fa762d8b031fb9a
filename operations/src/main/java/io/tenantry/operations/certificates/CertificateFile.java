package io.tenantry.operations.certificates;

import io.tenantry.control.certificate.SignedCertificate;
import io.tenantry.operations.terminal.CommandFailure;
import io.tenantry.operations.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a certificate in the form in which the API answers it. */
final class CertificateFile {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private CertificateFile() {}

  /**
   * What was signed, with its signature.
   *
   * @throws CommandFailure when the file is none, or what is shown is not what was signed
   */
  static SignedCertificate read(Path file) {
    try {
      JsonNode answer = JSON.readTree(Files.readString(file));
      byte[] document = base64(answer, "document");
      if (!JSON.readTree(document).equals(answer.path("certificate"))) {
        throw new CommandFailure(
            ExitCode.UNSAFE,
            file + ": what it shows as `certificate` is not what was signed as `document`.",
            "Somebody changed it; fetch it again.");
      }
      return new SignedCertificate(
          document,
          answer.path("algorithm").asString(""),
          answer.path("keyId").asString(""),
          base64(answer, "publicKey"),
          base64(answer, "signature"));
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          file + " cannot be read as a certificate.",
          "It takes the document that `tenantry certificate fetch` prints.");
    }
  }

  private static byte[] base64(JsonNode answer, String field) {
    return Base64.getDecoder().decode(answer.path(field).asString(""));
  }
}
