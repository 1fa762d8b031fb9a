package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tenantry.api.isolation.IsolationState;
import io.tenantry.api.isolation.UnsafePlatformException;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.finding.Finding;
import io.tenantry.tenancy.finding.FindingCode;
import io.tenantry.testkit.ProtocolProxy;
import io.tenantry.testkit.SeenCodes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What isolation relies on is looked at before the first request; the start ends when it fails. */
class UnsafeStartIT {

  private static final Duration SOON = Duration.ofMinutes(1);
  private static final String SCAN_AGE = "tenantry_catalog_scan_age_seconds";

  private final ApiServer.Platform platform = ApiServer.platform();

  /** What is planted here must not be what the server finds that the other tests share. */
  @BeforeAll
  static void theSharedServerHasLooked() {
    ApiServer shared = ApiServer.shared();
    Awaitility.await().atMost(SOON).until(() -> !metric(shared, SCAN_AGE).equals("NaN"));
  }

  static List<Planted> weaknesses() {
    return Planted.ALL;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("weaknesses")
  void aWeaknessEndsTheStartAndIsNamedWithItsMending(Planted weakness) {
    try (Planted.Planting _ = weakness.plant()) {
      UnsafePlatformException refused = refused(List.of());
      assertThat(refused.findings())
          .anySatisfy(
              finding -> {
                assertThat(finding.code()).isEqualTo(weakness.code());
                assertThat(finding.toString()).contains(weakness.object());
              });
      assertThat(refused.detail()).contains(weakness.code().id(), weakness.code().hint());
    }
  }

  @Test
  void aDataSourceWithoutTheStatementGuardEndsTheStart() {
    assertThat(codes(refused(List.of(UnguardedSource.class))))
        .contains(FindingCode.STATEMENT_GUARD_MISSING);
  }

  @Test
  void twoAtOnceAreBothNamed(@TempDir Path folder) {
    UnsafePlatformException refused =
        refused(
            List.of(UnguardedSource.class),
            "tenantry.credentials.directory=" + OtherKeys.in(folder).folder());
    assertThat(codes(refused))
        .contains(FindingCode.STATEMENT_GUARD_MISSING, FindingCode.CAPABILITY_REFUSED);
    assertThat(refused.detail()).contains("statement_guard_missing", "capability_refused");
    assertThat(SeenCodes.in(refused)).contains(ErrorCode.PLATFORM_UNSAFE);
  }

  @Test
  void aProcessEndsWithCodeThreeAndSaysWhatToDo(@TempDir Path folder) {
    Path secrets = OtherKeys.in(folder).folder();
    try (Instance instance =
        Instance.launch(Map.of("TENANTRY_CREDENTIALS_DIRECTORY", secrets.toString()))) {
      assertThat(instance.awaitExit()).as(instance.output()).isEqualTo(3);
      assertThat(instance.output())
          .contains("capability_refused")
          .contains(FindingCode.CAPABILITY_REFUSED.hint())
          .contains("docs/findings.md");
      assertThat(instance.lines())
          .as("no stack trace")
          .noneMatch(line -> line.startsWith("\tat ") || line.startsWith("Caused by:"));
    }
  }

  @Test
  void aDatabaseThatIsAwayEndsNoStartAndIsServedWhenItComes() {
    try (ProtocolProxy proxy = paused();
        ApiServer server = ApiServer.start(behind(proxy))) {
      assertThat(readiness(server)).isEqualTo(503);
      assertThat(state(server)).isFalse();

      proxy.resume();

      Awaitility.await().atMost(SOON).until(() -> readiness(server) == 200);
      assertThat(state(server)).isTrue();
    }
  }

  @Test
  void whatIsFoundWhenTheDatabaseComesKeepsFromServingUntilItIsMended(@TempDir Path folder) {
    OtherKeys keys = OtherKeys.in(folder);
    try (ProtocolProxy proxy = paused();
        ApiServer server =
            ApiServer.start(behind(proxy, "tenantry.credentials.directory=" + keys.folder()))) {
      proxy.resume();
      Awaitility.await()
          .atMost(SOON)
          .until(() -> metric(server, findings("capability_refused")).equals("1.0"));
      assertThat(readiness(server)).isEqualTo(503);
      assertThat(state(server)).isFalse();

      keys.mend();

      Awaitility.await().atMost(SOON).until(() -> readiness(server) == 200);
      assertThat(metric(server, findings("capability_refused"))).isEqualTo("0.0");
    }
  }

  @Test
  void whatBecomesUnsafeWhileItRunsIsFoundByTheNextLook() {
    Planted register =
        Planted.ALL.stream()
            .filter(one -> one.code() == FindingCode.REGISTER_WRITABLE)
            .findFirst()
            .orElseThrow();
    try (ApiServer server = ApiServer.start()) {
      // Ready before the first look at everything, which comes within seconds.
      try (Planted.Planting _ = register.plant()) {
        Awaitility.await()
            .atMost(SOON)
            .until(() -> !metric(server, findings("register_writable")).equals("0.0"));
        assertThat(readiness(server)).isEqualTo(503);
      }
      Awaitility.await().atMost(SOON).until(() -> readiness(server) == 200);
    }
  }

  private static UnsafePlatformException refused(List<Class<?>> more, String... settings) {
    Throwable failure = catchThrowable(() -> ApiServer.start(more, settings).close());
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof UnsafePlatformException unsafe) {
        return unsafe;
      }
    }
    throw new AssertionError("The start was not refused.", failure);
  }

  private static List<FindingCode> codes(UnsafePlatformException refused) {
    return refused.findings().stream().map(Finding::code).toList();
  }

  private ProtocolProxy paused() {
    ProtocolProxy proxy = ProtocolProxy.open(platform.address().host(), platform.address().port());
    proxy.pause();
    return proxy;
  }

  private static String[] behind(ProtocolProxy proxy, String... more) {
    return Stream.concat(
            Stream.of(
                "tenantry.database.host=" + proxy.host(),
                "tenantry.database.port=" + proxy.port(),
                "tenantry.safety.start-timeout=500ms"),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private static boolean state(ApiServer server) {
    return server.bean(IsolationState.class).safe();
  }

  private static int readiness(ApiServer server) {
    return new Call(server.managementPort(), "GET", "/actuator/health/readiness").send().status();
  }

  private static String findings(String code) {
    return "tenantry_findings{code=\"" + code + "\"}";
  }

  private static String metric(ApiServer server, String series) {
    return Scrape.of(server).series().stream()
        .filter(line -> line.startsWith(series + " "))
        .map(line -> line.substring(series.length() + 1))
        .findFirst()
        .orElseThrow();
  }
}
