package io.tenantry.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class TenantContextTest {

  private static final TenantId ACME = new TenantId(UUID.randomUUID());
  private static final TenantId GLOBEX = new TenantId(UUID.randomUUID());

  @Test
  void outsideOfABlockThereIsNoTenant() {
    assertThat(TenantContext.current()).isEmpty();
    assertThatThrownBy(TenantContext::required)
        .isInstanceOfSatisfying(
            TenantryException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.TENANT_CONTEXT_MISSING));
  }

  @Test
  void insideOfABlockItsTenantIsBoundAndLeftWithIt() {
    TenantContext.run(ACME, () -> assertThat(TenantContext.required()).isEqualTo(ACME));
    assertThat(TenantContext.current()).isEmpty();
  }

  @Test
  void aBlockThatThrowsLeavesTheTenantToo() {
    assertThatThrownBy(
            () ->
                TenantContext.run(
                    ACME,
                    () -> {
                      throw new IllegalStateException("in the block");
                    }))
        .hasMessage("in the block");
    assertThat(TenantContext.current()).isEmpty();
  }

  @Test
  void enteringAnotherTenantInsideABlockIsRefused() {
    TenantContext.run(
        ACME,
        () ->
            assertThatThrownBy(() -> TenantContext.run(GLOBEX, () -> {}))
                .isInstanceOfSatisfying(
                    TenantryException.class,
                    e -> assertThat(e.code()).isEqualTo(ErrorCode.TENANT_CONTEXT_BOUND)));
  }

  @Test
  void enteringTheSameTenantAgainChangesNothing() {
    Optional<TenantId> inner =
        TenantContext.call(ACME, () -> TenantContext.call(ACME, TenantContext::current));
    assertThat(inner).contains(ACME);
  }

  @Test
  void anotherThreadDoesNotInheritTheTenant() throws Exception {
    Callable<Optional<TenantId>> elsewhere = TenantContext::current;
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Optional<TenantId> seen = TenantContext.call(ACME, () -> executor.submit(elsewhere).get());
      assertThat(seen).isEmpty();
    }
  }
}
