package io.tenantry.api.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.api.isolation.ScanPace.Next;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScanPaceTest {

  private static final Duration STEP = Duration.ofSeconds(10);
  private static final Duration HOUR = Duration.ofHours(1);

  private final ScanPace pace = new ScanPace(STEP, HOUR);

  @Test
  void whileAllIsWellEverythingIsLookedAtOncePerInterval() {
    assertThat(pace.afterFull(true, false)).isEqualTo(new Next(true, HOUR));
    assertThat(pace.afterFull(true, false)).isEqualTo(new Next(true, HOUR));
  }

  @Test
  void aLookThatCannotBeTakenIsRepeatedEverLaterUpToTheInterval() {
    List<Long> waits =
        Stream.generate(() -> pace.afterFull(false, false))
            .limit(11)
            .map(next -> next.delay().toSeconds())
            .toList();
    assertThat(waits)
        .containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 640L, 1280L, 2560L, 3600L, 3600L);
    assertThat(pace.afterFull(true, false).delay()).isEqualTo(HOUR);
    assertThat(pace.afterFull(false, false)).isEqualTo(new Next(true, STEP));
  }

  @Test
  void whatAQuickLookSeesIsLookedForQuicklyAndItsEndConfirmedByALookAtEverything() {
    assertThat(pace.afterFull(true, true)).isEqualTo(new Next(false, STEP));
    for (int i = 0; i < 100; i++) {
      assertThat(pace.afterQuick(true, true)).isEqualTo(new Next(false, STEP));
    }
    assertThat(pace.afterQuick(true, false)).isEqualTo(new Next(true, Duration.ZERO));
  }

  @Test
  void aQuickLookThatCannotBeTakenConfirmsNothing() {
    pace.afterFull(true, true);
    assertThat(pace.afterQuick(false, false)).isEqualTo(new Next(false, STEP));
  }

  @Test
  void whatALookAtEverythingAloneSeesIsLookedForEverMoreRarely() {
    List<Integer> quick = Stream.generate(this::quickLooksUntilFull).limit(8).toList();
    assertThat(quick).containsExactly(1, 2, 4, 8, 16, 32, 32, 32);
  }

  private int quickLooksUntilFull() {
    Next next = pace.afterFull(true, true);
    int looks = 0;
    while (!next.full()) {
      next = pace.afterQuick(true, false);
      looks++;
    }
    return looks;
  }
}
