package io.tenantry.operations.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.certificate.Certificates;
import io.tenantry.control.certificate.SignedCertificate;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.credentials.directory.SecretDirectory;
import io.tenantry.operations.terminal.ExitCode;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The start script, as a process, with a jar that leads to the classes of this build. */
class StartScriptIT {

  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path root;

  @BeforeEach
  void copyScripts() throws IOException {
    for (String script : new String[] {"ops/bin/tenantry", "ops/dev/jdk.sh"}) {
      Path copy = root.resolve(script);
      Files.createDirectories(copy.getParent());
      Files.copy(REPOSITORY.resolve(script), copy, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  @Test
  void itRunsTheCommandAndEndsWithItsCode() throws Exception {
    jar();
    Result healthy = start(TestPlatform.SHARED.variables(), "doctor", "--quick", "--output=json");
    assertThat(healthy.exitCode()).as(healthy.output()).isEqualTo(ExitCode.DONE);
    assertThat(healthy.output().strip()).startsWith("{").endsWith("}");

    Result away = start(TestPlatform.SHARED.variables("TENANTRY_DATABASE_PORT", "1"), "doctor");
    assertThat(away.exitCode()).as(away.output()).isEqualTo(ExitCode.FAILED);
    assertThat(start(Map.of(), "docter").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void theLogOfARunIsNotAmongTheDataThatProgramsRead() throws Exception {
    jar();
    ProcessBuilder builder =
        new ProcessBuilder(
            root.resolve("ops/bin/tenantry").toString(), "migrate", "up", "-v", "--output=json");
    builder.environment().putAll(TestPlatform.SHARED.variables());
    builder.environment().put("JAVA25_HOME", System.getProperty("java.home"));
    Path errors = root.resolve("errors");
    Process process = builder.redirectError(errors.toFile()).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output + Files.readString(errors)).isEqualTo(ExitCode.DONE);
    assertThat(JsonMapper.shared().readTree(output).path("state").asString())
        .isEqualTo("SUCCEEDED");
    assertThat(Files.readString(errors)).contains("has ended", "works on the database");
  }

  @Test
  void statementsMayComeThroughAPipe() throws Exception {
    jar();
    Path input = root.resolve("input.sql");
    Files.writeString(input, "select 1 as one\n;\nselect 2 as two;\n");
    Path output = root.resolve("piped");
    ProcessBuilder builder =
        new ProcessBuilder(root.resolve("ops/bin/tenantry").toString(), "db", "psql", "--builtin");
    builder.environment().putAll(TestPlatform.SHARED.variables());
    builder.environment().put("JAVA25_HOME", System.getProperty("java.home"));
    Process process = builder.redirectInput(input.toFile()).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor()).isEqualTo(ExitCode.DONE);
    assertThat(Files.readString(output)).isEqualTo("one\n1\n(1 rows)\ntwo\n2\n(1 rows)\n");
  }

  @Test
  void aKeyThatSomebodyPutIntoTheCurrentFolderIsNotBelieved() throws Exception {
    jar();
    Path planted = root.resolve(".tenantry/secrets");
    Files.createDirectories(planted.getParent());
    SecretDirectory.createMissing(planted);
    SignedCertificate signed =
        Certificates.sign(
            "{}".getBytes(StandardCharsets.UTF_8),
            new DirectoryCredentialSource(planted).certificateKey());
    Base64.Encoder base64 = Base64.getEncoder();
    Files.writeString(
        root.resolve("forged.json"),
        """
        {"certificate": {}, "document": "%s", "algorithm": "%s", "keyId": "%s",
         "publicKey": "%s", "signature": "%s"}
        """
            .formatted(
                base64.encodeToString(signed.document()),
                signed.algorithm(),
                signed.keyId(),
                base64.encodeToString(signed.publicKey()),
                base64.encodeToString(signed.signature())));

    Result unnamed = start(Map.of(), "certificate", "verify", "forged.json");
    assertThat(unnamed.exitCode()).as(unnamed.output()).isEqualTo(ExitCode.FAILED);
    assertThat(unnamed.output())
        .contains("--key", "TENANTRY_CREDENTIALS_DIRECTORY")
        .doesNotContain("can be believed");
    // Who names it believes it: that it is not is no accident of the forgery.
    String home = root.resolve(".tenantry").toString();
    assertThat(
            start(Map.of("TENANTRY_HOME", home), "certificate", "verify", "forged.json").output())
        .contains("can be believed");
  }

  @Test
  void withoutAJarItSaysHowToBuildOne() throws Exception {
    Result result = start(Map.of(), "doctor");
    assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(result.output()).contains("make jars");
  }

  private void jar() throws IOException {
    Attributes attributes = new Attributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, Tenantry.class.getName());
    attributes.put(
        Attributes.Name.CLASS_PATH,
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" ")));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().putAll(attributes);
    Path jar = root.resolve("operations/target/tenantry-operations-exec.jar");
    Files.createDirectories(jar.getParent());
    try (OutputStream file = Files.newOutputStream(jar)) {
      new JarOutputStream(file, manifest).close();
    }
  }

  private Result start(Map<String, String> variables, String... arguments) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(
                    Stream.of(root.resolve("ops/bin/tenantry").toString()), Stream.of(arguments))
                .toList());
    builder.environment().putAll(variables);
    builder.environment().put("JAVA25_HOME", System.getProperty("java.home"));
    Path output = root.resolve("output");
    Process process =
        builder
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    process.destroyForcibly();
    return new Result(ended ? process.exitValue() : -1, Files.readString(output));
  }

  private record Result(int exitCode, String output) {}
}
