package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Sends what callers should not send, and much that they may. {@code -Dfuzz.seed} repeats a run,
 * {@code -Dfuzz.count} says how many requests it has.
 */
class FuzzIT {

  private static final int THREADS = 4;
  private static final int MOST_SHOWN = 20;
  private static final Pattern STATUS_LINE = Pattern.compile("(?s)HTTP/1\\.1 [1-5][0-9]{2} .*");
  private static final Pattern INSIDES =
      Pattern.compile(
          "(?i)exception|\\bat [a-z]+\\.[a-z.]+\\(|java\\.|org\\.|io\\.tenantry|hibernate|psql|"
              + "sqlstate|\\bselect\\b.+\\bfrom\\b|insert into|desk_orders|app_tenant_|127\\.0\\.0|"
              + "localhost");

  private final ApiServer api = ApiServer.shared();
  private final ApiServer.Platform platform = ApiServer.platform();
  private final String acme = platform.tokens().tenant(platform.acme().id());
  private final Map<String, String> tokens =
      Map.of("acme", acme, "operator", platform.tokens().platform());
  private final String globex = platform.tokens().tenant(platform.globex().id());
  private final AtomicInteger failed = new AtomicInteger();
  private final Map<Integer, AtomicInteger> statuses = new ConcurrentSkipListMap<>();

  @Test
  void noRequestGetsAnAnswerThatIsNotDescribed() throws Exception {
    long seed = Long.getLong("fuzz.seed", new Random().nextLong());
    int count = Integer.getInteger("fuzz.count", 10_000);
    FuzzIds ids = plant();
    Queue<String> failures = new ConcurrentLinkedQueue<>();

    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int thread = 0; thread < THREADS; thread++) {
        long own = seed + thread;
        int share = count / THREADS + (thread < count % THREADS ? 1 : 0);
        threads.execute(() -> run(own, share, ids, failures));
      }
      threads.shutdown();
      assertThat(threads.awaitTermination(60, TimeUnit.MINUTES)).isTrue();
    }

    System.out.println("Fuzz seed " + seed + ", statuses " + statuses);
    report(count, failed.get());
    assertThat(failures.stream().limit(MOST_SHOWN))
        .as(
            failed
                + " failed; repeat with -Dtest.argLine=-Dfuzz.seed="
                + seed
                + "; statuses "
                + statuses)
        .isEmpty();
    assertThat(statuses.keySet()).contains(200, 201, 304, 400, 401, 403, 404, 405, 412, 422);
    for (String id : ids.allForeign().subList(0, 4)) {
      assertThat(
              api.get("/v1/orders/" + id).token(globex).send().status() == 200
                  || api.get("/v1/reports/" + id).token(globex).send().status() == 200)
          .as("globex still has its rows")
          .isTrue();
    }
  }

  @Test
  void aForeignRowInAnAnswerIsNoticed() {
    FuzzIds ids = plant();
    FuzzRequest asked =
        new FuzzRequest(
            "GET", "/v1/reports", "globex", Map.of(), null, null, FuzzRequest.BY_CLIENT);

    Answer leak = asked.call(api, Map.of("globex", globex)).send().is(200);

    assertThatThrownBy(() -> judge(asked, leak, ids)).hasMessageContaining("another tenant");
  }

  private FuzzIds plant() {
    return FuzzIds.plant(api, acme, globex, platform.tokens().platform());
  }

  private void run(long seed, int count, FuzzIds ids, Queue<String> failures) {
    FuzzRequests requests = new FuzzRequests(new Random(seed), Contract.committed(), ids);
    for (int i = 0; i < count; i++) {
      FuzzRequest request = requests.next();
      Optional<String> failure = attempt(request, ids);
      if (failure.isPresent() && failed.incrementAndGet() <= MOST_SHOWN) {
        failures.add(shrunk(request, failure.get(), ids));
      }
    }
  }

  private Optional<String> attempt(FuzzRequest request, FuzzIds ids) {
    try {
      int status = request.isRaw() ? wire(request, ids) : send(request, ids);
      statuses.computeIfAbsent(status, _ -> new AtomicInteger()).incrementAndGet();
      return Optional.empty();
    } catch (AssertionError | RuntimeException | IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private int send(FuzzRequest request, FuzzIds ids) throws IOException {
    Answer answer;
    try {
      answer = request.call(api, tokens).send();
    } catch (IllegalArgumentException e) {
      // The client itself does not send such a header or path.
      return wire(request.raw(0, request.headers()), ids);
    }
    judge(request, answer, ids);
    return answer.status();
  }

  /** The status, 0 where the connection was closed without an answer. */
  private int wire(FuzzRequest request, FuzzIds ids) throws IOException {
    String answer = FuzzWire.send(api.port(), request, tokens);
    if (answer.isEmpty()) {
      return 0;
    }
    assertThat(answer).matches(STATUS_LINE);
    int status = Integer.parseInt(answer.substring(9, 12));
    assertThat(status).as(answer).isLessThan(500);
    untold(request, answer, ids);
    if (status >= 400 && !INSIDES.matcher(request.toString()).find()) {
      assertThat(INSIDES.matcher(answer).find()).as(answer).isFalse();
    }
    return status;
  }

  private static void judge(FuzzRequest request, Answer answer, FuzzIds ids) {
    assertThat(answer.status()).as(answer.body()).isLessThan(500);
    String said = request.toString();
    untold(request, answer.body() + answer.response().headers().map(), ids);
    if (answer.status() >= 400) {
      String detail = answer.json().path("title").asString("") + answer.text("hint");
      assertThat(INSIDES.matcher(detail).find()).as(detail).isFalse();
      boolean insides = INSIDES.matcher(answer.text("detail")).find();
      assertThat(insides && !INSIDES.matcher(said).find()).as(answer.body()).isFalse();
    }
  }

  private static void untold(FuzzRequest request, String told, FuzzIds ids) {
    if (request.token().equals("operator")) {
      return;
    }
    String said = request.toString();
    assertThat(told.contains(FuzzIds.CANARY)).as("another tenant's text: %s", told).isFalse();
    for (String id : ids.allForeign()) {
      assertThat(told.contains(id) && !said.contains(id))
          .as("another tenant's id: %s", told)
          .isFalse();
    }
  }

  private String shrunk(FuzzRequest request, String failure, FuzzIds ids) {
    FuzzRequest smallest = request;
    String reason = failure;
    List<FuzzRequest> next = smallest.simpler();
    for (int tries = 0; tries < 60 && !next.isEmpty(); tries++) {
      FuzzRequest candidate = next.getFirst();
      Optional<String> again = attempt(candidate, ids);
      if (again.isPresent()) {
        smallest = candidate;
        reason = again.get();
        next = smallest.simpler();
      } else {
        next = next.subList(1, next.size());
      }
    }
    return smallest + "\n  " + reason;
  }

  private static void report(int count, int failed) throws IOException {
    Path file = Path.of("../build/reports/fuzz.json");
    if (Integer.getInteger("fuzz.count") != null) {
      Files.createDirectories(file.getParent());
      Files.writeString(
          file,
          "{\"proof\":\"fuzz\",\"passed\":%d,\"failed\":%d,\"skipped\":0}\n"
              .formatted(count - failed, failed));
    }
  }
}
