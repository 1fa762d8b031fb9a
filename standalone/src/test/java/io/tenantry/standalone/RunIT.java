package io.tenantry.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.standalone.RunningSystem.Result;
import io.tenantry.testkit.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** One run of the whole system, and the commands against it. */
class RunIT {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private static Path temp;
  private static Path home;
  private static RunningSystem system;

  @BeforeAll
  static void start() throws IOException {
    home = temp.resolve("home");
    system = RunningSystem.start(home);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    assertThat(system.stop()).as("exit code of a stopped system").isEqualTo(143);
    assertThat(home.resolve("instance.properties")).doesNotExist();
    assertThat(home.resolve("postgres/data/postmaster.pid")).doesNotExist();
  }

  @Test
  void theFirstLinesSayHowToGoOn() {
    assertThat(system.output())
        .contains("http://127.0.0.1:" + system.port())
        .contains("make -s token TENANT=acme")
        .contains("/docs")
        .contains("make demo");
  }

  @Test
  void whatIsLoggedToAFileIsJsonAndTheBlockStaysAsItIs() {
    try (ApiClientCall api = system.api()) {
      api.get(api.token("acme"), "/v1/tenant");
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> system.output().contains("\"route\":\"/v1/tenant\""));
    String output = system.output();
    // The last line may still be on its way.
    List<String> lines = output.substring(0, output.lastIndexOf('\n')).lines().toList();
    int block = lines.indexOf("Tenantry is running.");
    int end = lines.indexOf("Stop it with Ctrl-C.");
    assertThat(block).isNotNegative();
    assertThat(end).isGreaterThan(block);
    assertThat(lines.subList(block, end)).noneMatch(line -> line.startsWith("{"));
    List<String> logged = new ArrayList<>(lines.subList(0, block));
    logged.addAll(lines.subList(end + 1, lines.size()));
    assertThat(logged)
        .filteredOn(line -> !line.isBlank())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(JSON.readTree(line).path("@timestamp").isString()).isTrue());
  }

  @Test
  void theTokenCommandPrintsATokenAndNothingElse() throws Exception {
    Result token = system.command("token", "acme");
    assertThat(token.exitCode()).isZero();
    assertThat(token.output()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\\n");
  }

  @Test
  void theDoctorLooksAtTheRunningSystemAndFindsNothingUnsafe() throws Exception {
    Result doctor = system.command("doctor");
    assertThat(doctor.exitCode()).as(doctor.output()).isZero();
    assertThat(doctor.output()).contains("Looked at everything in 127.0.0.1:");
  }

  @Test
  void anUnknownClientIsNamedTogetherWithThoseThereAre() throws Exception {
    Result token = system.command("token", "nobody");
    assertThat(token.exitCode()).isEqualTo(1);
    assertThat(token.output()).contains("'nobody'").contains("acme, globex, platform");
    assertThat(token.output().lines()).hasSize(1);
  }

  @Test
  void everyStepOfTheDemoComesOutAsItMust() throws Exception {
    Result demo = system.command("demo");
    assertThat(demo.output()).contains("10 of 10 steps").doesNotContain("FAIL");
    assertThat(demo.exitCode()).isZero();
  }

  @Test
  void theTwoDemoTenantsAndTheirClientsAreThere() {
    try (ApiClientCall api = system.api()) {
      for (String slug : List.of("acme", "globex")) {
        ApiClientCall.Answer tenant = api.get(api.token(slug), "/v1/tenant");
        assertThat(tenant.status()).isEqualTo(200);
        assertThat(tenant.body().path("slug").asString()).isEqualTo(slug);
      }
      assertThat(api.get(api.token("platform"), "/admin/v1/tenants").status()).isEqualTo(200);
    }
  }

  @Test
  void noSecretStandsInTheOutputTheProcessListOrTheServersLog() throws IOException {
    String log = Files.readString(home.resolve("postgres/server.log"));
    List<String> commands =
        ProcessHandle.allProcesses()
            .flatMap(process -> process.info().commandLine().stream())
            .toList();
    try (Stream<Path> files = Files.list(home.resolve("secrets"))) {
      for (Path file : files.filter(RunIT::isSecret).toList()) {
        for (String secret : secretLines(file)) {
          assertThat(system.output()).doesNotContain(secret);
          assertThat(log).doesNotContain(secret);
          assertThat(commands).noneMatch(command -> command.contains(secret));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
    }
  }

  /** A key goes over many lines, and any of them would give it away. */
  private static List<String> secretLines(Path file) throws IOException {
    List<String> lines =
        Files.readAllLines(file).stream()
            .map(String::strip)
            .filter(line -> line.length() >= 20 && !line.startsWith("-----"))
            .toList();
    assertThat(lines).isNotEmpty();
    return lines;
  }

  private static boolean isSecret(Path file) {
    return !file.getFileName().toString().startsWith("active.");
  }

  /** With the settings that are shipped: an instance feels a change of state within 5 s. */
  @Test
  void aSuspendedTenantIsRefusedWithinFiveSecondsAndServedAgainWhenResumed() throws Exception {
    try (ApiClientCall api = system.api()) {
      String platform = api.token("platform");
      String globex = api.token("globex");
      suspend(platform, true);
      try {
        Awaitility.await()
            .atMost(Duration.ofSeconds(5))
            .until(
                () ->
                    api.get(globex, "/v1/tenant")
                        .body()
                        .path("code")
                        .asString("")
                        .equals("tenant_suspended"));
      } finally {
        suspend(platform, false);
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .until(() -> api.get(globex, "/v1/tenant").status() == 200);
    }
  }

  private static void suspend(String token, boolean suspended) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + system.port() + "/admin/v1/tenants/globex"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"suspended\":" + suspended + "}"))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aStartThatIsInterruptedLeavesNoServerBehind() throws Exception {
    Path other = temp.resolve("interrupted");
    try (RunningSystem second = RunningSystem.launch(other, FreePorts.next())) {
      Path pid = other.resolve("postgres/data/postmaster.pid");
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(pid));
      second.stop();
      assertThat(second.output()).doesNotContain("Tenantry is running");
      assertThat(pid).doesNotExist();
    }
  }

  @Test
  void aSecondInstanceOnTheSameFolderIsRefusedInOneLine() throws Exception {
    try (RunningSystem second = RunningSystem.launch(home, FreePorts.next())) {
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.output().lines()).hasSize(1);
      assertThat(second.output()).startsWith("tenantry: ").contains(home.toString());
    }
    try (ApiClientCall api = system.api()) {
      assertThat(api.get(api.token("acme"), "/v1/tenant").status()).isEqualTo(200);
    }
  }

  @Test
  void aTakenPortIsNamedInOneLineAndNothingIsLeftRunning() throws Exception {
    Path other = temp.resolve("other");
    try (RunningSystem second = RunningSystem.launch(other, system.port())) {
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.output().lines().filter(line -> line.startsWith("tenantry: ")))
          .singleElement()
          .asString()
          .contains(Integer.toString(system.port()))
          .contains("TENANTRY_PORT");
      assertThat(other.resolve("postgres/data/postmaster.pid")).doesNotExist();
    }
  }
}
