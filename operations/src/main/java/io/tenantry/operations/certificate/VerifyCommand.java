package io.tenantry.operations.certificate;

import io.tenantry.operations.terminal.AnsweringCommand;
import io.tenantry.operations.terminal.CommandFailure;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.PlainText;
import io.tenantry.operations.terminal.Surroundings;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

@Command(
    name = "verify",
    description = {
      "Says whether a certificate was signed by the platform and is as it was then.",
      "Asks no server and no database. The key has to be named, by --key or by the folder of the",
      "platform's secrets in TENANTRY_CREDENTIALS_DIRECTORY (else secrets in TENANTRY_HOME), and"
          + " be",
      "its owner's alone to write. Compare its SHA-256 with what the platform's operators say."
    },
    footer = {
      "",
      "The public key, for who may not read the platform's secrets, and its SHA-256:",
      "  openssl pkey -in .tenantry/secrets/certificate-key.pem -pubout > platform.pem",
      "  openssl pkey -pubin -in platform.pem -outform DER | sha256sum",
      "Examples: tenantry certificate verify acme.json --key platform.pem",
      "          TENANTRY_CREDENTIALS_DIRECTORY=/etc/tenantry tenantry certificate verify"
          + " acme.json",
      "Exit codes: 0 it can be believed, 1 could not look, 3 it cannot be believed."
    })
final class VerifyCommand extends AnsweringCommand {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Parameters(index = "0", paramLabel = "FILE", description = "As `certificate fetch` printed it.")
  private Path file = Path.of("");

  @Option(
      names = "--key",
      paramLabel = "PEM",
      description = "A file with the platform's public key; a private one may stand beside it.")
  private @Nullable Path key;

  VerifyCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    if (!Files.isReadable(file)) {
      throw new CommandFailure(
          ExitCode.FAILED,
          file + " cannot be read.",
          "FILE is what `tenantry certificate fetch` printed.");
    }
    TrustedKey trusted = TrustedKey.of(key, surroundings());
    try {
      JsonNode certificate = JSON.readTree(CertificateFile.verify(file, trusted.key()));
      verdict(trusted, true, "It is signed with this key.", certificate);
      return ExitCode.DONE;
    } catch (TenantryException e) {
      if (e.code() != ErrorCode.CERTIFICATE_INVALID) {
        throw e;
      }
      verdict(trusted, false, e.detail(), NullNode.getInstance());
      return ExitCode.UNSAFE;
    }
  }

  private void verdict(TrustedKey trusted, boolean good, String why, JsonNode certificate) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("valid", good);
    document.put("detail", why);
    document.put("key", trusted.file().toString());
    document.put("keySha256", trusted.fingerprint());
    document.put("certificate", certificate);
    show(document, text(trusted, good, why, certificate));
  }

  private String text(TrustedKey trusted, boolean good, String why, JsonNode certificate) {
    String what =
        good
            ? " Tenant %s, purged at %s."
                .formatted(
                    certificate.path("tenantId").asString("-"),
                    certificate.path("purgedAt").asString("-"))
            : "";
    return PlainText.line(
            file + (good ? ": can be believed. " : ": can NOT be believed. ") + why + what)
        + "\nKey: "
        + PlainText.line(trusted.file().toString())
        + ", SHA-256 "
        + trusted.fingerprint();
  }
}
