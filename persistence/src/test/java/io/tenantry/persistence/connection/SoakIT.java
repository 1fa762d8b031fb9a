package io.tenantry.persistence.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.persistence.Serving;
import io.tenantry.persistence.failure.DatabaseFailures;
import io.tenantry.tenancy.RequestDeadline;
import io.tenantry.tenancy.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Many tenants at once on a few connections, while statements are cancelled, sessions end,
 * deadlines pass, threads are interrupted and code throws. {@code -Dsoak.seconds} says how long,
 * {@code -Dsoak.seed} repeats the choices of a run.
 */
class SoakIT {

  private static final int TENANTS = Integer.getInteger("soak.tenants", 50);
  private static final int THREADS = 200;
  private static final int CONNECTIONS = 8;
  private static final int CONNECTIONS_OF_A_TENANT = 4;

  /** Of the requests without trouble; the rest may have been hit from outside, or be too late. */
  private static final double SERVED_PERCENT = 90;

  /** What trouble may cost a request, and nothing else. */
  private static final Set<ErrorCode> FAIR =
      EnumSet.of(
          ErrorCode.DEADLINE_EXCEEDED,
          ErrorCode.DATABASE_UNAVAILABLE,
          ErrorCode.POOL_EXHAUSTED,
          ErrorCode.CONNECTION_LIMIT_EXCEEDED,
          ErrorCode.CONCURRENT_UPDATE);

  private static SoakPlatform platform;
  private static SoakFigures figures;
  private static MeterRegistry meters;
  private static Serving serving;
  private static List<SoakTenant> tenants;

  @BeforeAll
  static void start() throws Exception {
    platform = new SoakPlatform(TENANTS);
    figures = new SoakFigures();
    meters = new SimpleMeterRegistry();
    serving = serve(figures, meters, CONNECTIONS, 4);
    tenants = platform.plant(serving);
  }

  @AfterAll
  static void stop() {
    serving.close();
  }

  private static Serving serve(SoakFigures figures, MeterRegistry meters, int size, int oneIn) {
    return Serving.start(
        platform.platform.address(),
        platform.platform.credentials(),
        Map.of("tenantry.pool.size", size),
        context ->
            context.registerBean(
                "servingPool",
                ServingPool.class,
                () ->
                    new InspectedPool(
                        context.getBean(DatabaseAddress.class),
                        context.getBean(CredentialSource.class),
                        context.getBean(PoolSettings.class),
                        context.getBean(PoolerSettings.class),
                        _ -> CONNECTIONS_OF_A_TENANT,
                        new ConnectionMetrics(meters),
                        figures,
                        oneIn)));
  }

  @Test
  void noTenantSeesAnothersRowAndNoConnectionKeepsAnything() throws Exception {
    long seed = Long.getLong("soak.seed", new Random().nextLong());
    int seconds = Integer.getInteger("soak.seconds", 30);
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();

    try (SoakTrouble _ = new SoakTrouble(seed, figures);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(seed + i);
        threads.execute(() -> work(random, end));
      }
      threads.shutdown();
      assertThat(threads.awaitTermination(seconds + 120L, TimeUnit.SECONDS)).isTrue();
    }

    System.out.println("Soak seed " + seed + ", " + seconds + " s: " + figures);
    report(seconds);
    assertThat(figures.foreign()).as("foreign rows; seed %d", seed).isEmpty();
    assertThat(figures.left()).as("left on connections; seed %d", seed).isEmpty();
    assertThat(figures.unexpected()).as("unexpected failures; seed %d", seed).isEmpty();
    assertThat(figures.servedPercent())
        .as("per cent of the requests without trouble; seed %d", seed)
        .isGreaterThan(SERVED_PERCENT);
    assertThat(figures.looks.sum()).isPositive();
    assertThat(figures.rows.sum()).isPositive();
    assertThat(figures.injected())
        .containsOnlyKeys(
            "deadline",
            "exception",
            "interrupt",
            "key violated",
            "policy violated",
            "session ended",
            "statement cancelled",
            "statement timeout");
    assertNothingIsHeld();
    for (SoakTenant tenant : tenants) {
      assertThat(platform.strays(tenant)).as("strays of " + tenant).isZero();
      assertThat(platform.doomed(tenant)).as("half transactions of " + tenant).isZero();
    }
  }

  private static void assertNothingIsHeld() {
    await()
        .untilAsserted(
            () -> assertThat(meters.get("hikaricp.connections.active").gauge().value()).isZero());
    assertThat(meters.get("hikaricp.connections.pending").gauge().value()).isZero();
    assertThat(meters.get("hikaricp.connections").gauge().value()).isLessThanOrEqualTo(CONNECTIONS);
    assertThat(serving.bean(ServingPool.class).tenantsInTurn()).isZero();
  }

  private void work(Random random, long end) {
    SoakWork work = new SoakWork(serving, figures);
    while (System.nanoTime() < end) {
      SoakTenant tenant = tenants.get(random.nextInt(TENANTS));
      SoakTenant other =
          tenants.get((tenants.indexOf(tenant) + 1 + random.nextInt(TENANTS - 1)) % TENANTS);
      figures.requests.increment();
      try {
        request(work, tenant, other, random);
      } catch (RuntimeException | Error e) {
        judge(e);
      } finally {
        boolean _ = Thread.interrupted();
      }
    }
  }

  private void request(SoakWork work, SoakTenant tenant, SoakTenant other, Random random) {
    switch (random.nextInt(200)) {
      case 0, 1, 2, 3 -> {
        figures.injected("exception");
        work.writeAndThrow(tenant);
      }
      case 4, 5, 6, 7 -> {
        figures.injected("deadline");
        within(Duration.ofMillis(random.nextInt(12)), () -> work.any(tenant, other, random));
      }
      case 8 -> {
        figures.injected("statement timeout");
        within(Duration.ofSeconds(1), () -> work.slow(tenant));
      }
      case 9, 10 -> {
        figures.injected("interrupt");
        Thread.currentThread().interrupt();
        work.any(tenant, other, random);
      }
      case 11, 12, 13 -> {
        figures.injected("key violated");
        work.violateKey(tenant);
      }
      case 14, 15, 16 -> {
        figures.injected("policy violated");
        work.violatePolicy(tenant, other);
      }
      default -> {
        figures.plain.increment();
        work.any(tenant, other, random);
        figures.served.increment();
      }
    }
  }

  private static void within(Duration budget, Runnable work) {
    RequestDeadline.<String, RuntimeException>call(
        budget,
        () -> {
          work.run();
          return "done";
        });
  }

  private void judge(Throwable failure) {
    @Nullable ErrorCode code =
        DatabaseFailures.translate(failure).map(known -> known.code()).orElse(null);
    if (code != null && FAIR.contains(code)) {
      figures.failed(code.id());
      return;
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    figures.unexpected(
        "%s %s: %s, from %s"
            .formatted(
                failure.getClass().getSimpleName(), SoakWork.sqlState(failure), root, ours(root)));
  }

  /** Where in our own code it came up. */
  private static List<String> ours(Throwable failure) {
    return Stream.of(failure.getStackTrace())
        .filter(at -> at.getClassName().startsWith("io.tenantry") && at.getLineNumber() > 0)
        .limit(6)
        .map(at -> at.getFileName() + ":" + at.getLineNumber())
        .toList();
  }

  private static void report(int seconds) throws IOException {
    if (Integer.getInteger("soak.seconds") == null) {
      return;
    }
    Path file = Path.of("../build/reports/soak.json");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        String.format(
            Locale.ROOT,
            "{\"proof\":\"soak\",\"passed\":%d,\"failed\":%d,\"skipped\":0,\"seconds\":%d,"
                + "\"servedPercent\":%.2f}\n",
            figures.requests.sum() - figures.bad(),
            figures.bad(),
            seconds,
            figures.servedPercent()));
  }

  @Test
  void aRowOfAnotherTenantIsCounted() throws Exception {
    SoakTenant acme = tenants.getFirst();
    String planted = "of " + tenants.getLast().mark();
    String where = " where tenant_id = '%s' and title = '%s'".formatted(acme.id().value(), planted);
    SoakFigures own = new SoakFigures();
    SoakWork work = new SoakWork(serving, own);
    work.listReports(acme);
    work.readAll(acme);
    assertThat(own.foreign()).isEmpty();
    try (AutoCloseable _ =
        platform.platform.asSuperuser(
            List.of(
                "insert into tenantry_api.research_reports (tenant_id, id, title, body) values"
                    + " ('%s', gen_random_uuid(), '%s', 'body')"
                        .formatted(acme.id().value(), planted)),
            List.of("delete from tenantry_api.research_reports" + where))) {
      work.listReports(acme);
      work.readAll(acme);
      assertThat(own.foreign()).isNotEmpty();
      assertThat(platform.strays(acme)).isOne();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "commit | set role tenantry_app                 | role tenantry_app",
        "commit | set app.tenant_id = 'x'               | app.tenant_id",
        "commit | set statement_timeout = 1000          | statement_timeout",
        "commit | set search_path = public              | search_path",
        "commit | prepare planted as select 1           | prepared by SQL",
        "commit | listen planted                        | listens",
        "commit | declare c cursor with hold for values (1) | holdable cursor",
        "stay   | select 1                              | open transaction"
      })
  void aConnectionWithSomethingLeftOnItIsCounted(String end, String sql, String found)
      throws SQLException {
    SoakFigures own = new SoakFigures();
    try (Serving one = serve(own, new SimpleMeterRegistry(), 1, 1)) {
      Lease lease = one.bean(ServingPool.class).borrow(tenants.getFirst().id());
      Connection connection = lease.connection();
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
      if (end.equals("commit")) {
        connection.commit();
      }
      lease.giveBack();
    }
    assertThat(own.left()).containsOnlyKeys(found);
    assertThat(own.left().values()).extracting(AtomicLong::get).containsExactly(1L);
  }
}
