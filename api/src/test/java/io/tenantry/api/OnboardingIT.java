package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.Operation;
import io.tenantry.control.OperationState;
import io.tenantry.control.OperationStore;
import io.tenantry.control.PreparedTenants;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantStore;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.migrations.provisioning.ProvisionerLoop;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Tenants asked for over HTTP: at once from those made ahead, else by an operation. */
class OnboardingIT {

  private static final int REQUESTS = 50;
  private static final int SLUGS = 14;
  private static final int CLIENTS = 8;

  private final ApiServer api = ApiServer.shared();
  private final ApiServer.Platform platform = ApiServer.platform();
  private final String operator = platform.tokens().platform();
  private final OperationStore operations = new OperationStore(platform.control());
  private final TenantStore tenants = new TenantStore(platform.control());

  @Test
  void aTenantThatWasMadeAheadIsActiveInTheAnswer() {
    prepare(1);

    Answer made = put("made-ahead").send().is(200);

    assertThat(made.text("status")).isEqualTo("ACTIVE");
    assertThat(made.header("Location")).isEmpty();
    assertThat(made.header("ETag")).hasValue(made.text("etag"));
    assertThat(made.text("schemaVersion")).isNotEmpty();
    assertThat(put("made-ahead").send().is(200).body()).isEqualTo(made.body());
    Answer events =
        api.get("/admin/v1/audit-events?tenant=made-ahead").token(operator).send().is(200);
    assertThat(events.json().path("items").valueStream().map(e -> e.path("action").asString()))
        .containsExactly("tenant.active", "tenant.provisioning", "tenant.create");
    String token = platform.tokens().tenant(TenantId.parse(made.text("id")));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> api.get("/v1/orders").token(token).send().is(200));
  }

  @Test
  void fiftyWhoAskAtOnceMakeEachTenantOnce() throws Exception {
    prepare(3);
    Map<String, Set<String>> locations = new ConcurrentHashMap<>();
    List<Answer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<HttpClient> clients =
          IntStream.range(0, CLIENTS).mapToObj(_ -> HttpClient.newHttpClient()).toList();
      List<Callable<Answer>> all =
          IntStream.range(0, REQUESTS)
              .<Callable<Answer>>mapToObj(
                  i ->
                      () -> {
                        String slug = slug(i % SLUGS);
                        Answer answer = put(slug).sendBy(clients.get(i % CLIENTS));
                        answer
                            .header("Location")
                            .ifPresent(
                                where ->
                                    locations
                                        .computeIfAbsent(slug, _ -> ConcurrentHashMap.newKeySet())
                                        .add(where));
                        return answer;
                      })
              .toList();
      for (Future<Answer> one : threads.invokeAll(all)) {
        answers.add(one.get());
      }
      clients.forEach(HttpClient::close);
    }

    assertThat(answers).allSatisfy(one -> assertThat(one.status()).isIn(200, 202));
    assertThat(answers.stream().map(one -> one.text("id")).distinct()).hasSize(SLUGS);
    assertThat(locations.values()).allSatisfy(of -> assertThat(of).hasSize(1));
    assertThat(answers).anySatisfy(one -> assertThat(one.status()).isEqualTo(200));
    provisionedByTwo(locations.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
    for (int i = 0; i < SLUGS; i++) {
      Tenant tenant = tenants.findBySlug(new TenantSlug(slug(i))).orElseThrow();
      assertThat(tenant.state()).isEqualTo(TenantState.ACTIVE);
      Answer events =
          api.get("/admin/v1/audit-events?tenant=" + slug(i)).token(operator).send().is(200);
      assertThat(events.json().path("items").valueStream().map(e -> e.path("action").asString()))
          .containsExactly("tenant.active", "tenant.provisioning", "tenant.create");
    }
    assertThat(new PreparedTenants(platform.control()).count()).isZero();
  }

  /** Two instances of two workers each, while everybody waits for their operation. */
  private void provisionedByTwo(Set<String> locations) {
    try (ProvisionerLoop one = loop();
        ProvisionerLoop two = loop()) {
      one.start();
      two.start();
      for (String location : locations) {
        Awaitility.await()
            .atMost(Duration.ofMinutes(5))
            .until(
                () ->
                    api.get(location + "?wait=30s")
                        .token(operator)
                        .send()
                        .is(200)
                        .text("state")
                        .equals("SUCCEEDED"));
        Operation done =
            operations
                .find(UUID.fromString(location.substring(location.lastIndexOf('/') + 1)))
                .orElseThrow();
        assertThat(done.state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(done.attempt()).isEqualTo(1);
        assertThat(operations.steps(done.id())).hasSize(8);
      }
    }
  }

  private ProvisionerLoop loop() {
    return new ProvisionerLoop(
        PlatformSetup.provisioner(
            platform.address(), new DirectoryCredentialSource(platform.secrets())),
        Duration.ofMillis(50),
        false,
        2);
  }

  private void prepare(int count) {
    PlatformSetup.prepared(
            platform.address(), new DirectoryCredentialSource(platform.secrets()), count)
        .refill();
    assertThat(new PreparedTenants(platform.control()).count()).isEqualTo(count);
  }

  private Call put(String slug) {
    return api.call("PUT", "/admin/v1/tenants/" + slug).json("{}").token(operator);
  }

  private static String slug(int i) {
    return "asked-at-once-" + i;
  }
}
