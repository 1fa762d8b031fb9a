package io.tenantry.persistence.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.persistence.Serving;
import io.tenantry.persistence.TestPlatform;
import io.tenantry.persistence.reports.NewReport;
import io.tenantry.persistence.reports.ReportService;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.idempotency.Answered;
import io.tenantry.tenancy.idempotency.OnceWork;
import io.tenantry.tenancy.idempotency.RequestKey;
import io.tenantry.tenancy.idempotency.StoredAnswer;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdempotentRequestsIT {

  private static final StoredAnswer REFUSAL = new StoredAnswer(409, "", "refused");

  private static Serving serving;
  private static TenantId acme;
  private static TenantId globex;
  private static IdempotentRequests requests;
  private static ReportService reports;

  @BeforeAll
  static void start() {
    TestPlatform platform = TestPlatform.install("idempotency");
    acme = platform.tenant("acme");
    globex = platform.tenant("globex");
    serving = Serving.start(platform.address(), platform.credentials(), Map.of());
    requests = serving.bean(IdempotentRequests.class);
    reports = serving.bean(ReportService.class);
  }

  @AfterAll
  static void stop() {
    serving.close();
  }

  @Test
  void theAnswerIsKeptAsItWas() {
    RequestKey key = key();
    String body = "{\"text\":\"\u00e4\ud83d\ude00 \\u0000\"}";
    StoredAnswer made = new StoredAnswer(201, "Location: /a\nETag: \"0\"\n", body);

    assertThat(once(acme, key, () -> made)).isEqualTo(new Answered(made, false));
    assertThat(once(acme, key, IdempotentRequestsIT::notAgain)).isEqualTo(new Answered(made, true));
  }

  @Test
  void aNeighboursKeyIsAnotherKey() {
    RequestKey key = key();
    once(acme, key, IdempotentRequestsIT::file);

    assertThat(once(globex, key, IdempotentRequestsIT::file).replayed()).isFalse();
    assertThat(once(acme, key, IdempotentRequestsIT::notAgain).replayed()).isTrue();
  }

  /** The refusal comes after a write, so that it shows whether the write is undone. */
  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {
        "CLIENT_ORDER_ID_DUPLICATE",
        "VALIDATION_FAILED",
        "NOT_FOUND",
        "PRECONDITION_FAILED"
      })
  void aFinalRefusalUndoesTheWorkAndIsKept(ErrorCode code) {
    RequestKey key = key();
    int before = count();

    assertThat(once(acme, key, () -> fileAndFail(code))).isEqualTo(new Answered(REFUSAL, false));
    assertThat(count()).isEqualTo(before);
    assertThat(once(acme, key, IdempotentRequestsIT::notAgain))
        .isEqualTo(new Answered(REFUSAL, true));
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {
        "TOKEN_INVALID",
        "SCOPE_MISSING",
        "RATE_LIMIT_EXCEEDED",
        "CONCURRENT_UPDATE",
        "DATABASE_UNAVAILABLE",
        "INTERNAL_ERROR"
      })
  void anyOtherFailureLeavesNothing(ErrorCode code) {
    RequestKey key = key();
    int before = count();

    refused(code, () -> once(acme, key, () -> fileAndFail(code)));

    assertThat(count()).isEqualTo(before);
    assertThat(once(acme, key, IdempotentRequestsIT::file).replayed()).isFalse();
    assertThat(count()).isEqualTo(before + 1);
  }

  @Test
  void aTwinThatRunsIsNotWaitedFor() {
    RequestKey key = key();

    Answered first =
        once(
            acme,
            key,
            () -> {
              refusedOnAnotherThread(ErrorCode.IDEMPOTENCY_IN_PROGRESS, key);
              return file();
            });

    assertThat(first.replayed()).isFalse();
    assertThat(once(acme, key, IdempotentRequestsIT::notAgain).replayed()).isTrue();
  }

  @Test
  void anotherRequestWithTheSameKeyIsRefused() {
    RequestKey key = key();
    once(acme, key, IdempotentRequestsIT::file);

    RequestKey reused = new RequestKey(key.key(), "b".repeat(64));
    refused(
        ErrorCode.IDEMPOTENCY_KEY_REUSED, () -> once(acme, reused, IdempotentRequestsIT::notAgain));
  }

  @Test
  void withoutATenantNothingIsDone() {
    assertThatThrownBy(() -> requests.once(key(), work(IdempotentRequestsIT::notAgain)))
        .isInstanceOfSatisfying(
            TenantryException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.TENANT_CONTEXT_MISSING));
  }

  private static Answered once(TenantId tenant, RequestKey key, Supplier<StoredAnswer> work) {
    return TenantContext.call(tenant, () -> requests.once(key, work(work)));
  }

  private static OnceWork work(Supplier<StoredAnswer> work) {
    return new OnceWork() {
      @Override
      public Made run() {
        StoredAnswer answer = work.get();
        return new Made(answer, answer);
      }

      @Override
      public StoredAnswer refusal(TenantryException refusal) {
        return REFUSAL;
      }
    };
  }

  private static StoredAnswer file() {
    reports.file(new NewReport("A report", null, "Its body", null, null, null));
    return new StoredAnswer(201, "", "filed");
  }

  private static StoredAnswer fileAndFail(ErrorCode code) {
    file();
    throw new TenantryException(code, "On purpose.");
  }

  private static StoredAnswer notAgain() {
    throw new AssertionError("The work ran again.");
  }

  private static int count() {
    return TenantContext.call(acme, () -> reports.list(200, null)).items().size();
  }

  private static RequestKey key() {
    return new RequestKey(UUID.randomUUID().toString(), "a".repeat(64));
  }

  private static void refused(ErrorCode code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(TenantryException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static void refusedOnAnotherThread(ErrorCode code, RequestKey key) {
    Throwable[] failure = new Throwable[1];
    Thread thread =
        Thread.ofPlatform()
            .uncaughtExceptionHandler((_, e) -> failure[0] = e)
            .start(() -> refused(code, () -> once(acme, key, IdempotentRequestsIT::notAgain)));
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    assertThat(failure[0]).isNull();
  }
}
