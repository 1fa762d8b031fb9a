package io.tenantry.operations.certificate;

import io.tenantry.control.certificate.Certificates;
import io.tenantry.operations.platform.Platform;
import io.tenantry.operations.terminal.CommandFailure;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Json;
import io.tenantry.operations.terminal.OutputForm;
import io.tenantry.operations.terminal.Surroundings;
import io.tenantry.operations.terminal.Table;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
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
    },
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String KEY_FILE = "certificate-key.pem";

  @Parameters(index = "0", paramLabel = "FILE", description = "As `certificate fetch` printed it.")
  private Path file = Path.of("");

  @Option(
      names = "--key",
      paramLabel = "PEM",
      description = "The platform's public key; that of its secrets' folder unless said.")
  private @Nullable Path key;

  @Option(
      names = "--output",
      paramLabel = "FORM",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private OutputForm output = OutputForm.table;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Surroundings surroundings;

  VerifyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Path trusted =
        key == null ? Platform.of(surroundings.variables()).secrets().resolve(KEY_FILE) : key;
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
    PrintWriter out = spec.commandLine().getOut();
    if (output == OutputForm.json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("valid", good);
      document.put("detail", why);
      document.put("certificate", certificate);
      out.println(Json.text(document));
      return;
    }
    String what =
        good
            ? " Tenant %s, purged at %s."
                .formatted(
                    certificate.path("tenantId").asString("-"),
                    certificate.path("purgedAt").asString("-"))
            : "";
    out.println(
        Table.plain(
            file + (good ? ": can be believed. " : ": can NOT be believed. ") + why + what));
  }
}
