package io.tenantry.api.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.api.isolation.IsolationState.Check;
import io.tenantry.tenancy.finding.Finding;
import io.tenantry.tenancy.finding.FindingCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only a look at everything sees, with an inspection that does as it is told. */
class IsolationWatchTest {

  private static final Duration STEP = Duration.ofMillis(5);

  private final Told told = new Told();
  private final IsolationState state = new IsolationState();
  private final SafetySettings settings =
      new SafetySettings(
          Duration.ofSeconds(30),
          Duration.ofHours(1),
          Duration.ofMinutes(5),
          Duration.ofSeconds(1));
  private final IsolationWatch watch =
      new IsolationWatch(
          List.of(told),
          state,
          settings,
          new Freshness(new ProberSettings(true, Duration.ofSeconds(10)), settings),
          STEP);

  @AfterEach
  void stop() {
    watch.stop();
  }

  @Test
  void whatOnlyALookAtEverythingSeesIsNotTakenBackByAQuickOne() {
    told.leaks = true;
    watch.start();
    Awaitility.await().until(() -> told.fulls.get() > 0);
    int before = told.quicks.get();
    Awaitility.await().until(() -> told.quicks.get() > before + 3);
    assertThat(state.safe()).isFalse();
    assertThat(state.last(Check.CATALOG).orElseThrow().findings()).hasSize(1);

    told.leaks = false;

    Awaitility.await().until(state::safe);
  }

  @Test
  void aLookAtEverythingThatFailsDoesNotStopServingAndIsTakenAgain() {
    told.fails = true;
    watch.start();
    Awaitility.await().until(() -> told.fulls.get() > 2);
    assertThat(state.safe()).isTrue();
    assertThat(watch.lastFull()).isEmpty();

    told.fails = false;

    Awaitility.await().until(() -> watch.lastFull().isPresent());
  }

  @Test
  void anErrorEndsNeitherTheFirstLookNorThoseThatFollow() {
    told.breaks = true;
    watch.start();
    assertThat(state.seen()).as("what met an error has seen nothing").isFalse();
    Awaitility.await().until(() -> told.quicks.get() > 1);

    told.breaks = false;
    Awaitility.await().until(() -> watch.lastFull().isPresent());

    assertThat(state.safe()).isTrue();
  }

  private static final class Told implements Inspection {

    private final AtomicInteger quicks = new AtomicInteger();
    private final AtomicInteger fulls = new AtomicInteger();
    private volatile boolean leaks;
    private volatile boolean fails;
    private volatile boolean breaks;

    @Override
    public List<Finding> quick() {
      quicks.incrementAndGet();
      if (breaks) {
        throw new StackOverflowError("Told to break.");
      }
      return List.of();
    }

    @Override
    public List<Finding> full() {
      try {
        if (fails) {
          throw new IllegalStateException("Told to fail.");
        }
        return leaks
            ? List.of(new Finding(FindingCode.POLICY_NOT_CANONICAL, "a.table", "A detail."))
            : List.of();
      } finally {
        fulls.incrementAndGet();
      }
    }
  }
}
