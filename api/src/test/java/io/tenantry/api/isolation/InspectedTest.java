package io.tenantry.api.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenancy.finding.Finding;
import io.tenantry.tenancy.finding.FindingCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class InspectedTest {

  private static final Inspection CANNOT =
      () -> {
        throw new IllegalStateException("away");
      };
  private static final Finding UNSAFE = new Finding(FindingCode.ROLE_MISSING, "a", "b");
  private static final Finding WARNING = new Finding(FindingCode.CLOCK_SKEWED, "c", "d");

  @Test
  void oneThatCannotLookKeepsNoOtherFromFinding() {
    Inspected seen =
        Inspected.by(List.of(CANNOT, () -> List.of(UNSAFE), CANNOT), Inspection::quick);
    assertThat(seen.complete()).isFalse();
    assertThat(seen.unsafe()).isTrue();
    assertThat(seen.findings()).containsExactly(UNSAFE);
  }

  @Test
  void aWarningIsNotUnsafeAndNamedAsOne() {
    Inspected seen = Inspected.by(List.of(() -> List.of(WARNING)), Inspection::full);
    assertThat(seen.complete()).isTrue();
    assertThat(seen.unsafe()).isFalse();
    assertThat(FindingText.of(List.of(WARNING, UNSAFE)))
        .contains("clock_skewed (a warning): c", "role_missing: a", "Mend it: ");
  }

  @Test
  void anErrorOfOneIsAReasonNotToHaveSeenAllAndNoMore() {
    Inspection broken =
        () -> {
          throw new StackOverflowError("deep");
        };
    Inspected seen = Inspected.by(List.of(broken, () -> List.of(UNSAFE)), Inspection::quick);
    assertThat(seen.complete()).isFalse();
    assertThat(seen.failure()).contains("StackOverflowError", "deep");
    assertThat(seen.findings()).containsExactly(UNSAFE);
  }
}
