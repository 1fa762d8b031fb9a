package io.tenantry.operations.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.control.certificate.Certificates;
import io.tenantry.control.certificate.SignedCertificate;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Failures;
import io.tenantry.operations.terminal.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whose key a certificate is believed by. */
class VerifyCommandTest {

  private static final String SAYS = "{\"tenantId\":\"t\",\"purgedAt\":\"2026-01-01T00:00:00Z\"}";

  @TempDir private Path temp;
  private Path secrets;
  private Path certificate;
  private Path pem;

  private record Ran(int exit, String out, String err) {}

  @BeforeEach
  void sign() throws Exception {
    secrets = temp.resolve("home/secrets");
    KeyFile key = KeyFile.in(secrets);
    pem = key.pem();
    SignedCertificate signed = Certificates.sign(SAYS.getBytes(StandardCharsets.UTF_8), key.pair());
    Base64.Encoder base64 = Base64.getEncoder();
    certificate =
        Files.writeString(
            temp.resolve("acme.json"),
            """
            {"certificate": %s, "document": "%s", "algorithm": "%s", "keyId": "%s",
             "publicKey": "%s", "signature": "%s"}
            """
                .formatted(
                    SAYS,
                    base64.encodeToString(signed.document()),
                    signed.algorithm(),
                    signed.keyId(),
                    base64.encodeToString(signed.publicKey()),
                    base64.encodeToString(signed.signature())));
  }

  @Test
  void theVerdictNamesTheKeyAndItsFingerprint() throws IOException {
    String sha256 = Certificates.keyId(CertificateFile.publicKey(pem));
    for (Map<String, String> variables :
        List.of(
            Map.of("TENANTRY_CREDENTIALS_DIRECTORY", secrets.toString()),
            Map.of("TENANTRY_HOME", String.valueOf(secrets.getParent())))) {
      Ran ran = verify(variables);
      assertThat(ran.exit()).as(ran.toString()).isEqualTo(ExitCode.DONE);
      assertThat(ran.out())
          .contains("can be believed", "Key: " + pem.toRealPath() + ", SHA-256 " + sha256);
    }
    JsonNode json =
        JsonMapper.shared()
            .readTree(verify(Map.of(), "--key", pem.toString(), "--output", "json").out());
    assertThat(json.path("valid").asBoolean()).isTrue();
    assertThat(json.path("key").asString()).isEqualTo(pem.toRealPath().toString());
    assertThat(json.path("keySha256").asString()).isEqualTo(sha256);
  }

  @Test
  void thePublicKeyAloneSuffices() throws IOException {
    String text = Files.readString(pem);
    Path open =
        Files.writeString(
            temp.resolve("platform.pem"), text.substring(text.indexOf("-----BEGIN PUBLIC")));
    Ran ran = verify(Map.of(), "--key", open.toString());
    assertThat(ran.exit()).as(ran.toString()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void aKeyThatOthersMayWriteProvesNothing() throws IOException {
    for (String mode : new String[] {"rw-rw----", "rw-r--rw-"}) {
      Files.setPosixFilePermissions(pem, PosixFilePermissions.fromString(mode));
      Ran ran = verify(Map.of(), "--key", pem.toString());
      assertThat(ran.exit()).as(ran.toString()).isEqualTo(ExitCode.FAILED);
      assertThat(ran.err()).contains("chmod go-w " + pem.toRealPath());
      assertThat(ran.out()).isEmpty();
    }
    Files.setPosixFilePermissions(pem, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(verify(Map.of(), "--key", pem.toString()).exit()).isEqualTo(ExitCode.DONE);

    // In such a folder anybody may put another file in its place, by a link from elsewhere, too.
    Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rwxrwx---"));
    Path link = Files.createSymbolicLink(temp.resolve("link.pem"), pem);
    Ran ran = verify(Map.of(), "--key", link.toString());
    assertThat(ran.exit()).as(ran.toString()).isEqualTo(ExitCode.FAILED);
    assertThat(ran.err()).contains("chmod go-w");
    Files.setAttribute(
        secrets, "unix:mode", 01777 | (int) Files.getAttribute(secrets, "unix:mode"));
    assertThat(verify(Map.of(), "--key", link.toString()).exit()).isEqualTo(ExitCode.DONE);
  }

  /** Root's is anybody's to believe, so where root runs this the file has to be another's. */
  @Test
  void aFileOrFolderOfSomebodyElseIsNotBelieved() throws Exception {
    Optional<String> we = ProcessHandle.current().info().user();
    TrustedKey.demandOurs(pem, we);
    UserPrincipal owner = Files.getOwner(pem);
    boolean root = owner.getName().equals("root");
    if (root) {
      TrustedKey.demandOurs(pem, Optional.of("somebody"));
      UserPrincipal nobody =
          pem.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
      for (Path theirs : List.of(pem, secrets)) {
        Files.setOwner(theirs, nobody);
        Ran ran = verify(Map.of(), "--key", pem.toString());
        assertThat(ran.exit()).as(ran.toString()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.err()).contains(theirs.toRealPath() + " belongs to nobody");
        assertThat(ran.out()).isEmpty();
        Files.setOwner(theirs, owner);
      }
      Files.setOwner(pem, nobody);
    }

    assertThatThrownBy(() -> TrustedKey.demandOurs(pem, Optional.of("somebody")))
        .hasMessageContaining(pem + " belongs to " + (root ? "nobody" : owner.getName()));
  }

  @Test
  void anotherPlatformsKeyIsNamedBesideTheVerdict() throws Exception {
    Path stranger = KeyFile.in(temp.resolve("other")).pem();
    Ran ran = verify(Map.of(), "--key", stranger.toString());
    assertThat(ran.exit()).isEqualTo(ExitCode.UNSAFE);
    assertThat(ran.out())
        .contains("can NOT be believed", stranger.toRealPath().toString())
        .contains(Certificates.keyId(CertificateFile.publicKey(stranger)));
  }

  @Test
  void whatIsNoKeyCouldNotBeLookedAt() {
    for (String wrong : new String[] {certificate.toString(), temp.resolve("none").toString()}) {
      Ran ran = verify(Map.of(), "--key", wrong);
      assertThat(ran.exit()).as(ran.toString()).isEqualTo(ExitCode.FAILED);
      assertThat(ran.err()).contains(wrong, "--key");
    }
  }

  private Ran verify(Map<String, String> variables, String... options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        new CommandLine(new VerifyCommand(new Surroundings(variables, false)))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setExecutionExceptionHandler((e, command, _) -> Failures.tell(e, command.getErr()));
    String[] arguments = new String[options.length + 1];
    System.arraycopy(options, 0, arguments, 0, options.length);
    arguments[options.length] = certificate.toString();
    return new Ran(line.execute(arguments), out.toString(), err.toString());
  }
}
