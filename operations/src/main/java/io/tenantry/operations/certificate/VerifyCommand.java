package io.tenantry.operations.certificate;

import io.tenantry.control.certificate.Certificates;
import io.tenantry.operations.platform.Platform;
import io.tenantry.operations.terminal.AnsweringCommand;
import io.tenantry.operations.terminal.CommandFailure;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.PlainText;
import io.tenantry.operations.terminal.Surroundings;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
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
      "Says whether a certificate was signed by the platform and is as it was then. Asks no server",
      "and no database."
    },
    footer = {
      "",
      "Examples: tenantry certificate verify acme.json",
      "          tenantry certificate verify acme.json --key platform.pem",
      "Exit codes: 0 it can be believed, 1 could not look, 3 it cannot be believed."
    })
final class VerifyCommand extends AnsweringCommand {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String KEY_FILE = "certificate-key.pem";

  @Parameters(index = "0", paramLabel = "FILE", description = "As `certificate fetch` printed it.")
  private Path file = Path.of("");

  @Option(
      names = "--key",
      paramLabel = "PEM",
      description = "The platform's public key; that of its secrets' folder unless said.")
  private @Nullable Path key;

  VerifyCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    Path trusted = key == null ? Platform.of(surroundings()).secrets().resolve(KEY_FILE) : key;
    demandReadable(file);
    demandReadable(trusted);
    PublicKey publicKey = CertificateFile.publicKey(trusted);
    try {
      tell(true, "Signed with key " + Certificates.keyId(publicKey) + ".", certified(publicKey));
      return ExitCode.DONE;
    } catch (TenantryException e) {
      if (e.code() != ErrorCode.CERTIFICATE_INVALID) {
        throw e;
      }
      tell(false, e.detail(), NullNode.getInstance());
      return ExitCode.UNSAFE;
    }
  }

  private JsonNode certified(PublicKey trusted) {
    return JSON.readTree(CertificateFile.verify(file, trusted));
  }

  private static void demandReadable(Path file) {
    if (!Files.isReadable(file)) {
      throw new CommandFailure(
          ExitCode.FAILED,
          file + " cannot be read.",
          "FILE is what `tenantry certificate fetch` printed, --key a PEM file; without it the"
              + " platform's own is taken, from TENANTRY_CREDENTIALS_DIRECTORY.");
    }
  }

  private void tell(boolean good, String why, JsonNode certificate) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("valid", good);
    document.put("detail", why);
    document.put("certificate", certificate);
    String what =
        good
            ? " Tenant %s, purged at %s."
                .formatted(
                    certificate.path("tenantId").asString("-"),
                    certificate.path("purgedAt").asString("-"))
            : "";
    show(
        document,
        PlainText.line(
            file + (good ? ": can be believed. " : ": can NOT be believed. ") + why + what));
  }
}
