package io.tenantry.migrations.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.control.By;
import io.tenantry.control.IdempotencyStore;
import io.tenantry.control.PutOutcome;
import io.tenantry.control.TenantSpec;
import io.tenantry.control.TenantStore;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.idempotency.Answered;
import io.tenantry.tenancy.idempotency.OnceWork;
import io.tenantry.tenancy.idempotency.RequestKey;
import io.tenantry.tenancy.idempotency.StoredAnswer;
import io.tenantry.testkit.SeenCodes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the database gives up for the sake of another transaction is begun again, twice. */
class ControlRetryIT {

  private static final By ALICE = new By("alice", "req-1");

  private final TestPlatform platform = TestPlatform.installed("control_retry");
  private final DutyDataSource control = platform.as(Duty.CONTROL);
  private final TenantStore tenants = new TenantStore(control);
  private final IdempotencyStore keys = new IdempotencyStore(control, Duration.ofDays(1));

  @ParameterizedTest
  @CsvSource({
    "40001, immediate, absorbed-serial",
    "40P01, immediate, absorbed-deadlock",
    "40001, deferred, absorbed-commit"
  })
  void twoFailuresAreAbsorbedAndTheTransactionIsDoneOnce(String state, String when, String slug)
      throws Exception {
    try (AutoCloseable _ = failing(state, 2, when)) {
      assertThat(put(slug)).isInstanceOf(PutOutcome.Created.class);
      assertThat(failures()).isEqualTo("3");
    }
    assertThat(put(slug)).isInstanceOf(PutOutcome.Unchanged.class);
  }

  @ParameterizedTest
  @CsvSource({
    "40001, immediate, thrice-serial",
    "40P01, immediate, thrice-deadlock",
    "40P01, deferred, thrice-commit"
  })
  void theThirdFailureIsTheCallers(String state, String when, String slug) throws Exception {
    try (AutoCloseable _ = failing(state, 3, when)) {
      code(ErrorCode.CONCURRENT_UPDATE, () -> put(slug));
      assertThat(failures()).isEqualTo("3");
    }
    assertThat(tenants.findBySlug(new TenantSlug(slug))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"55P03, CONCURRENT_UPDATE", "57014, DEADLINE_EXCEEDED"})
  void whatWouldFailAgainIsNotRepeated(String state, ErrorCode expected) throws Exception {
    try (AutoCloseable _ = failing(state, 1, "immediate")) {
      code(expected, () -> put("just-once"));
      assertThat(failures()).isEqualTo("1");
    }
  }

  @Test
  void aRequestWithAKeyIsRepeatedAsAWholeAndItsLastAnswerIsKept() throws Exception {
    RequestKey key = key();
    AtomicInteger runs = new AtomicInteger();
    StoredAnswer third = new StoredAnswer(201, "", "3");
    try (AutoCloseable _ = failing("40001", 2, "immediate")) {
      assertThat(keys.once("alice", key, putting("keyed", runs)))
          .isEqualTo(new Answered(third, false));
    }
    assertThat(runs).hasValue(3);
    assertThat(keys.once("alice", key, putting("keyed", runs)))
        .isEqualTo(new Answered(third, true));
    assertThat(runs).hasValue(3);
  }

  @Test
  void aRequestWithAKeyThatFailsThriceLeavesNothing() throws Exception {
    RequestKey key = key();
    AtomicInteger runs = new AtomicInteger();
    try (AutoCloseable _ = failing("40P01", 3, "deferred")) {
      code(
          ErrorCode.CONCURRENT_UPDATE,
          () -> keys.once("alice", key, putting("keyed-thrice", runs)));
    }
    // Three in all: what joins the outer transaction is not repeated within it.
    assertThat(runs).hasValue(3);
    assertThat(keys.once("alice", key, putting("keyed-thrice", runs)).replayed()).isFalse();
  }

  private OnceWork putting(String slug, AtomicInteger runs) {
    return new OnceWork() {
      @Override
      public Made run() {
        StoredAnswer answer = new StoredAnswer(201, "", String.valueOf(runs.incrementAndGet()));
        put(slug);
        return new Made(answer, answer);
      }

      @Override
      public StoredAnswer refusal(TenantryException refusal) {
        throw new AssertionError("Not a refusal.", refusal);
      }
    };
  }

  private PutOutcome put(String slug) {
    return tenants.put(TenantSpec.of(new TenantSlug(slug), slug), null, false, ALICE);
  }

  private static RequestKey key() {
    return new RequestKey(UUID.randomUUID().toString(), "a".repeat(64));
  }

  /** Lets the first tenants' rows fail; a sequence counts on when the rest is undone. */
  private AutoCloseable failing(String state, int times, String when) throws SQLException {
    asSuperuser(
        "create sequence public.failures; create function public.fail() returns trigger"
            + " language plpgsql security definer as $$ begin"
            + " if nextval('public.failures') <= "
            + times
            + " then raise sqlstate '"
            + state
            + "'; end if; return null; end $$; create constraint trigger fails"
            + " after insert on tenantry_control.tenants deferrable initially "
            + when
            + " for each row execute function public.fail()");
    return () ->
        asSuperuser(
            "drop trigger fails on tenantry_control.tenants; drop function public.fail();"
                + " drop sequence public.failures");
  }

  private String failures() throws SQLException {
    try (Connection connection = platform.superuser()) {
      return TestPlatform.rows(connection, "select last_value from public.failures").getFirst();
    }
  }

  private void asSuperuser(String sql) throws SQLException {
    try (Connection connection = platform.superuser()) {
      TestPlatform.execute(connection, sql);
    }
  }

  private static void code(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(TenantryException.class, e -> assertThat(e.code()).isEqualTo(code));
    SeenCodes.saw(code);
  }
}
