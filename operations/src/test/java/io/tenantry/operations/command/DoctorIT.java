package io.tenantry.operations.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.credentials.directory.SecretDirectory;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.tenancy.finding.FindingCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The doctor on platforms that are as they must be, that are not, and that are not there. */
class DoctorIT {

  private static final TestPlatform PLATFORM = TestPlatform.SHARED;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void aPlatformThatIsAsItMustBeIsSaidToBeSo() {
    Result result = doctor(PLATFORM.variables());
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(ExitCode.DONE);
    assertThat(result.out())
        .contains(PLATFORM.address().port() + "/" + PLATFORM.address().database())
        .containsAnyOf("all is as it must be", "0 unsafe");
    assertThat(doctor(PLATFORM.variables(), "--quick").exitCode()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void everythingThatIsWrongIsNamedWithWhatToDo() {
    weakened(
        () -> {
          Result result = doctor(PLATFORM.variables());
          assertThat(result.exitCode()).as(result.toString()).isEqualTo(ExitCode.UNSAFE);
          for (FindingCode code : List.of(FindingCode.ROLE_ATTRIBUTE, FindingCode.LOGIN_POWERFUL)) {
            assertThat(result.out()).contains(code.id(), code.title(), code.hint());
          }
          assertThat(result.out()).contains("tenantry_app_a", "tenantry_control.tenants");
        });
  }

  @Test
  void programsReadTheSameAsJson() {
    JsonNode good = JSON.readTree(doctor(PLATFORM.variables(), "--output", "json").out());
    assertThat(good.path("safe").asBoolean()).isTrue();
    assertThat(good.path("scope").asString()).isEqualTo("full");
    weakened(
        () -> {
          Result result = doctor(PLATFORM.variables(), "--output=json", "--quick");
          assertThat(result.exitCode()).isEqualTo(ExitCode.UNSAFE);
          JsonNode report = JSON.readTree(result.out());
          assertThat(report.path("safe").asBoolean(true)).isFalse();
          assertThat(report.path("scope").asString()).isEqualTo("quick");
          assertThat(report.path("findings").valueStream())
              .allSatisfy(
                  finding ->
                      assertThat(
                              Stream.of("code", "unsafe", "object", "title", "detail", "hint")
                                  .allMatch(finding::has))
                          .as(finding.toString())
                          .isTrue())
              .anyMatch(finding -> finding.path("code").asString().equals("login_powerful"));
        });
  }

  @Test
  void aKeyThatTheDatabaseDoesNotKnowIsFound(@TempDir Path folder) throws IOException {
    Path secrets = otherKey(folder);
    Result result =
        doctor(PLATFORM.variables("TENANTRY_CREDENTIALS_DIRECTORY", secrets.toString()), "--quick");
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(ExitCode.UNSAFE);
    assertThat(result.out()).contains("capability_refused", "Compare keys and clocks.");
  }

  @Test
  void aDatabaseThatIsAwayIsNamedWithTheWayOut() {
    Result result = doctor(PLATFORM.variables("TENANTRY_DATABASE_PORT", "1"));
    assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains(PLATFORM.address().host() + ":1/", "TENANTRY_DATABASE_HOST")
        .doesNotContain("\tat ");
  }

  @Test
  void whatIsCalledWronglyIsToldHowToCall() {
    assertThat(doctor(PLATFORM.variables(), "--outptu", "json"))
        .satisfies(
            result -> {
              assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(result.err()).contains("Possible solutions: --output");
            });
    assertThat(doctor(PLATFORM.variables(), "--output", "xml").exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(run(Map.of()).exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aSettingThatDoesNotExistStopsTheCommand() {
    Result result = doctor(PLATFORM.variables("TENANTRY_DATABASE_HSOT", "topsecret"));
    assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err())
        .contains("TENANTRY_DATABASE_HSOT (the nearest is TENANTRY_DATABASE_HOST)")
        .doesNotContain("topsecret");
    assertThat(doctor(PLATFORM.variables("TENANTRY_DATABASE_PORT", "70000")).err())
        .contains("tenantry.database.port is 70000; it takes 1 to 65535.");
  }

  @Test
  void whereNoDatabaseIsNamedItIsThatOfTheRunningInstance(@TempDir Path home) throws IOException {
    Files.writeString(home.resolve("instance.properties"), "postgresPort=2\n");
    Result result =
        doctor(
            Map.of(
                "TENANTRY_HOME",
                home.toString(),
                "TENANTRY_CREDENTIALS_DIRECTORY",
                PLATFORM.secrets().toString()));
    assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("127.0.0.1:2/tenantry");
  }

  private static void weakened(Runnable looking) {
    PLATFORM.run(
        "alter role tenantry_app_a createdb",
        "grant select on tenantry_control.tenants to tenantry_app_a");
    try {
      looking.run();
    } finally {
      PLATFORM.run(
          "alter role tenantry_app_a nocreatedb",
          "revoke select on tenantry_control.tenants from tenantry_app_a");
    }
  }

  private static Path otherKey(Path folder) throws IOException {
    Path secrets = folder.resolve("secrets");
    SecretDirectory.createMissing(secrets);
    try (Stream<Path> files = Files.list(PLATFORM.secrets())) {
      for (Path file : files.filter(one -> !one.endsWith("capability.1")).toList()) {
        Files.copy(
            file,
            secrets.resolve(file.getFileName()),
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return secrets;
  }

  private static Result doctor(Map<String, String> variables, String... options) {
    return run(
        variables, Stream.concat(Stream.of("doctor"), Stream.of(options)).toArray(String[]::new));
  }

  private static Result run(Map<String, String> variables, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Tenantry.commandLine(variables);
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code = line.execute(arguments);
    return new Result(code, out.toString(), err.toString());
  }

  private record Result(int exitCode, String out, String err) {}
}
