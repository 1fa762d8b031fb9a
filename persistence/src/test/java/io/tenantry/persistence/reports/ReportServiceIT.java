package io.tenantry.persistence.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tenantry.persistence.Serving;
import io.tenantry.persistence.TestPlatform;
import io.tenantry.persistence.paging.Page;
import io.tenantry.persistence.paging.PageKey;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.FieldError;
import io.tenantry.tenancy.error.TenantryException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportServiceIT {

  private static final ReportChange PUBLISH =
      new ReportChange(null, null, null, null, null, ReportStatus.PUBLISHED);
  private static final String ROCKET = "\ud83d\ude80";
  private static final int THREADS = 32;

  private static TenantId acme;
  private static TenantId globex;
  private static Serving serving;
  private static ReportService reports;

  @BeforeAll
  static void start() {
    TestPlatform platform = TestPlatform.install("report_service");
    acme = platform.tenant("acme");
    globex = platform.tenant("globex");
    serving =
        Serving.start(
            platform.address(),
            platform.credentials(),
            // Patient, for all the threads below run on two cores.
            Map.of("tenantry.pool.size", "4", "tenantry.pool.connection-timeout", "60s"));
    reports = serving.bean(ReportService.class);
  }

  @AfterAll
  static void stop() {
    serving.close();
  }

  @BeforeEach
  void clear() {
    assertThat(
            serving.write(
                acme, () -> serving.sql().update("delete from tenantry_api.research_reports")))
        .isNotNegative();
  }

  @Test
  void whatIsFiledChangedAndDeletedIsReadBackAsItWasAnswered() {
    Report filed =
        inAcme(
            () ->
                reports.file(
                    new NewReport(
                        "Title", "Summary", "Body", "ACME", "Author", ReportStatus.PUBLISHED)));
    assertThat(inAcme(() -> reports.get(filed.id()))).isEqualTo(filed);
    assertThat(filed.version()).isZero();
    assertThat(filed.id().version()).isEqualTo(7);
    assertThat(filed.createdAt()).isEqualTo(filed.createdAt().truncatedTo(ChronoUnit.MICROS));
    ReportChange change = new ReportChange("Other", null, "More", null, null, ReportStatus.DRAFT);
    Report changed = inAcme(() -> reports.change(filed.id(), 0, change));
    assertThat(inAcme(() -> reports.get(filed.id()))).isEqualTo(changed);
    assertThat(changed.title()).isEqualTo("Other");
    assertThat(changed.summary()).isEqualTo("Summary");
    assertThat(changed.version()).isEqualTo(1);
    delete(filed.id(), 1);
    code(ErrorCode.NOT_FOUND, () -> inAcme(() -> reports.get(filed.id())));
  }

  @Test
  void aReportIsADraftUnlessItSaysOtherwise() {
    assertThat(inAcme(() -> reports.file(titled("Title"))).status()).isEqualTo(ReportStatus.DRAFT);
  }

  @Test
  void aReportThatIsNotThereOrTheNeighboursIsNotFound() {
    Report theirs = TenantContext.call(globex, () -> reports.file(titled("Of globex")));
    for (UUID id : List.of(UUID.randomUUID(), theirs.id())) {
      code(ErrorCode.NOT_FOUND, () -> inAcme(() -> reports.get(id)));
      code(ErrorCode.NOT_FOUND, () -> inAcme(() -> reports.change(id, 0, PUBLISH)));
      code(ErrorCode.NOT_FOUND, () -> delete(id, 0));
    }
    assertThat(TenantContext.call(globex, () -> reports.get(theirs.id()))).isEqualTo(theirs);
    assertThat(inAcme(() -> reports.list(200, null).items())).isEmpty();
  }

  @Test
  void aStaleVersionChangesAndDeletesNothing() {
    Report filed = inAcme(() -> reports.file(titled("Title")));
    Report changed = inAcme(() -> reports.change(filed.id(), 0, PUBLISH));
    code(ErrorCode.PRECONDITION_FAILED, () -> inAcme(() -> reports.change(filed.id(), 0, PUBLISH)));
    code(ErrorCode.PRECONDITION_FAILED, () -> delete(filed.id(), 0));
    assertThat(inAcme(() -> reports.get(filed.id()))).isEqualTo(changed);
  }

  @Test
  void whatIsNotAcceptableIsNamedAndWritesNothing() {
    NewReport wrong =
        new NewReport(
            "t".repeat(201), "s".repeat(2_001), "b".repeat(100_001), " ", "a".repeat(201), null);
    TenantryException refused =
        code(ErrorCode.VALIDATION_FAILED, () -> inAcme(() -> reports.file(wrong)));
    assertThat(refused.errors())
        .extracting(FieldError::pointer)
        .containsExactly("/title", "/summary", "/body", "/symbol", "/author");
    TenantryException missing =
        code(
            ErrorCode.VALIDATION_FAILED,
            () -> inAcme(() -> reports.file(new NewReport(null, null, null, null, null, null))));
    assertThat(missing.errors()).extracting(FieldError::pointer).containsExactly("/title", "/body");
    assertThat(inAcme(() -> reports.list(10, null).items())).isEmpty();
    Report filed = inAcme(() -> reports.file(titled("Title")));
    ReportChange blank = new ReportChange("", null, null, null, null, null);
    code(ErrorCode.VALIDATION_FAILED, () -> inAcme(() -> reports.change(filed.id(), 0, blank)));
    assertThat(inAcme(() -> reports.get(filed.id()))).isEqualTo(filed);
  }

  @Test
  void textsAtTheLimitsAndTextsThatLookLikeSqlAreReadBackAsTheyWere() {
    Report longest =
        inAcme(
            () ->
                reports.file(
                    new NewReport(
                        ROCKET.repeat(200),
                        ROCKET.repeat(2_000),
                        ROCKET.repeat(100_000),
                        ROCKET.repeat(32),
                        ROCKET.repeat(200),
                        null)));
    Report read = inAcme(() -> reports.get(longest.id()));
    assertThat(read).isEqualTo(longest);
    assertThat(read.body()).isEqualTo(ROCKET.repeat(100_000));
    String sql = "'; drop table x; -- $$ tenant__schema.t \\' ? :id";
    Report hostile =
        inAcme(() -> reports.file(new NewReport(sql, sql, sql, sql.substring(32), sql, null)));
    assertThat(inAcme(() -> reports.get(hostile.id()))).isEqualTo(hostile);
    assertThat(hostile.title()).isEqualTo(sql);
  }

  @Test
  void pagesShowEachReportOnceWhileAnotherWriterInserts() throws Exception {
    List<UUID> filed = new ArrayList<>();
    inAcme(
        () -> {
          for (int i = 0; i < 300; i++) {
            filed.add(reports.file(titled("Paged")).id());
          }
          return filed;
        });
    AtomicBoolean done = new AtomicBoolean();
    List<UUID> seen = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> writer = executor.submit(() -> insertUntil(done));
      try {
        @Nullable PageKey next = null;
        do {
          PageKey after = next;
          Page<Report> page = inAcme(() -> reports.list(7, after));
          page.items().forEach(report -> seen.add(report.id()));
          next = page.next();
        } while (next != null);
      } finally {
        done.set(true);
      }
      assertThat(writer.get()).isPositive();
    }
    assertThat(seen).doesNotHaveDuplicates();
    assertThat(seen.stream().filter(filed::contains).toList())
        .containsExactlyElementsOf(filed.reversed());
  }

  /** A page stays in memory for as long as a caller takes to read it. */
  @Test
  void aListOfLongReportsComesInSmallPagesAndWhole() {
    String body = "b".repeat(100_000);
    List<UUID> filed = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      NewReport report = new NewReport("Long", null, body, null, null, null);
      filed.add(inAcme(() -> reports.file(report)).id());
    }
    List<UUID> seen = new ArrayList<>();
    @Nullable PageKey next = null;
    do {
      PageKey after = next;
      Page<Report> page = inAcme(() -> reports.list(200, after));
      assertThat(page.items()).hasSizeBetween(1, 20);
      page.items().forEach(report -> seen.add(report.id()));
      next = page.next();
    } while (next != null);
    assertThat(seen).containsExactlyElementsOf(filed.reversed());
  }

  private static int insertUntil(AtomicBoolean done) {
    int inserted = 0;
    while (inserted == 0 || !done.get()) {
      inAcme(() -> reports.file(titled("Later")));
      inserted++;
    }
    return inserted;
  }

  @Test
  void ofManyChangesAtOnceExactlyOneWins() throws Exception {
    Report filed = inAcme(() -> reports.file(titled("Race")));
    CountDownLatch ready = new CountDownLatch(THREADS);
    List<Future<String>> futures = new ArrayList<>();
    List<String> outcomes = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
      for (int i = 0; i < THREADS; i++) {
        futures.add(
            executor.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  try {
                    inAcme(() -> reports.change(filed.id(), 0, PUBLISH));
                    return "won";
                  } catch (TenantryException e) {
                    return e.code().id();
                  }
                }));
      }
      for (Future<String> future : futures) {
        outcomes.add(future.get());
      }
    }
    assertThat(outcomes).hasSize(THREADS).containsOnlyOnce("won");
    assertThat(outcomes).allMatch(List.of("won", "precondition_failed")::contains);
    assertThat(inAcme(() -> reports.get(filed.id())).version()).isEqualTo(1);
  }

  private static NewReport titled(String title) {
    return new NewReport(title, null, "Its body", null, null, null);
  }

  private static void delete(UUID id, int version) {
    TenantContext.run(acme, () -> reports.delete(id, version));
  }

  private static <T> T inAcme(Supplier<T> work) {
    return TenantContext.call(acme, work::get);
  }

  private static TenantryException code(ErrorCode code, Runnable call) {
    TenantryException refused = catchThrowableOfType(TenantryException.class, call::run);
    assertThat(refused.code()).isEqualTo(code);
    return refused;
  }
}
