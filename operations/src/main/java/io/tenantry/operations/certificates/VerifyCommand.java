package io.tenantry.operations.certificates;

import io.tenantry.control.certificate.Certificates;
import io.tenantry.control.certificate.SignedCertificate;
import io.tenantry.operations.platform.Platform;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Json;
import io.tenantry.operations.terminal.OutputForm;
import io.tenantry.operations.terminal.Surroundings;
import io.tenantry.operations.terminal.Table;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.nio.file.Path;
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
    SignedCertificate certificate = CertificateFile.read(file);
    Path trusted =
        key == null ? Platform.of(surroundings.variables()).secrets().resolve(KEY_FILE) : key;
    try {
      Certificates.verify(certificate, TrustedKey.read(trusted));
    } catch (TenantryException e) {
      if (e.code() != ErrorCode.CERTIFICATE_INVALID) {
        throw e;
      }
      tell(false, certificate, e.detail());
      return ExitCode.UNSAFE;
    }
    tell(true, certificate, "Signed with key " + certificate.keyId() + ".");
    return ExitCode.DONE;
  }

  private void tell(boolean good, SignedCertificate certificate, String why) {
    JsonNode content = JsonMapper.shared().readTree(certificate.json());
    if (output == OutputForm.json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("valid", good);
      document.put("detail", why);
      document.put("certificate", content);
      spec.commandLine().getOut().println(Json.text(document));
      return;
    }
    spec.commandLine()
        .getOut()
        .println(
            Table.plain(
                file
                    + (good ? ": can be believed. " : ": can NOT be believed. ")
                    + why
                    + " Tenant "
                    + content.path("tenantId").asString("-")
                    + ", purged at "
                    + content.path("purgedAt").asString("-")
                    + "."));
  }
}
