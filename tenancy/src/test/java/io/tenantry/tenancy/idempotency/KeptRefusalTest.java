package io.tenantry.tenancy.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.idempotency.OnceWork.Made;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class KeptRefusalTest {

  private static final StoredAnswer REFUSAL = new StoredAnswer(409, "", "refused");

  private final AtomicInteger transactions = new AtomicInteger();

  @Test
  void aFinalRefusalIsKeptInASecondTransaction() {
    assertThat(KeptRefusal.orAnswer(refusing(ErrorCode.TENANT_EXISTS), this::keep))
        .isEqualTo(new Answered(REFUSAL, false));
    assertThat(transactions).hasValue(2);
  }

  @Test
  void whatMayPassIsNotKept() {
    TenantryException passing = new TenantryException(ErrorCode.CONCURRENT_UPDATE, "On purpose.");
    assertThatThrownBy(() -> KeptRefusal.orAnswer(failing(passing), this::keep)).isSameAs(passing);
    assertThat(transactions).hasValue(1);
  }

  @Test
  void whatTheKeysRefuseIsNotKeptAsTheWorksOwn() {
    TenantryException reused = new TenantryException(ErrorCode.IDEMPOTENCY_KEY_REUSED, "Reused.");
    assertThatThrownBy(
            () ->
                KeptRefusal.orAnswer(
                    refusing(ErrorCode.TENANT_EXISTS),
                    _ -> {
                      throw reused;
                    }))
        .isSameAs(reused);
  }

  private Answered keep(Supplier<Made> work) {
    transactions.incrementAndGet();
    return new Answered(work.get().kept(), false);
  }

  private static OnceWork refusing(ErrorCode code) {
    return failing(new TenantryException(code, "On purpose."));
  }

  private static OnceWork failing(TenantryException failure) {
    return new OnceWork() {
      @Override
      public Made run() {
        throw failure;
      }

      @Override
      public StoredAnswer refusal(TenantryException refusal) {
        return REFUSAL;
      }
    };
  }
}
