package io.tenantry.tenancy;

import static io.tenantry.tenancy.TenantState.ACTIVE;
import static io.tenantry.tenancy.TenantState.PENDING;
import static io.tenantry.tenancy.TenantState.PURGED;
import static io.tenantry.tenancy.TenantState.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TenantStateTest {

  @ParameterizedTest
  @EnumSource
  void onlyAnActiveTenantIsServed(TenantState state) {
    assertThat(state.refusal().isEmpty()).isEqualTo(state == ACTIVE);
  }

  @ParameterizedTest
  @EnumSource
  void dataAreInPlaceForAnActiveAndASuspendedTenantAlone(TenantState state) {
    assertThat(state.inPlace()).isEqualTo(EnumSet.of(ACTIVE, SUSPENDED).contains(state));
  }

  @ParameterizedTest
  @EnumSource
  void noStateBecomesItself(TenantState state) {
    assertThat(state.mayBecome(state)).isFalse();
  }

  @Test
  void everyStateCanBeReachedAndPurgedIsTheEnd() {
    Set<TenantState> reached = EnumSet.of(PENDING);
    Queue<TenantState> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      for (TenantState next : open.remove().successors()) {
        if (reached.add(next)) {
          open.add(next);
        }
      }
    }
    assertThat(reached).containsExactlyInAnyOrder(TenantState.values());
    assertThat(PURGED.successors()).isEmpty();
  }
}
