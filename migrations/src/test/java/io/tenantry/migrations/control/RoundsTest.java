package io.tenantry.migrations.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.tenantry.control.rounds.Ending;
import io.tenantry.control.rounds.Rounds;
import io.tenantry.control.rounds.Words;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RoundsTest {

  private static final Duration PAUSE = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofHours(1);

  private final Logger log = (Logger) LoggerFactory.getLogger("rounds-" + UUID.randomUUID());
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final AtomicInteger begun = new AtomicInteger();

  @BeforeEach
  void listen() {
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            said.add(event.getLevel() + " " + event.getFormattedMessage());
          }
        };
    appender.start();
    log.setAdditive(false);
    log.setLevel(Level.INFO);
    log.addAppender(appender);
  }

  @Test
  void neitherAnExceptionNorAnErrorEndsThemAndWhatGoesOnIsSaidOnce() {
    try (Rounds rounds =
        rounds(
            Ending.AWAITED,
            () ->
                switch (begun.incrementAndGet()) {
                  case 1, 2, 3 -> throw new IllegalStateException("again and again");
                  case 5 -> throw new StackOverflowError("once");
                  default -> PAUSE;
                })) {
      rounds.start();
      await().until(() -> begun.get() > 6);
      assertThat(rounds.running()).isTrue();
    }
    assertThat(said)
        .containsExactly(
            "WARN it fails", "INFO it works", "ERROR tested met an error; it goes on.");
  }

  @Test
  void theyMayBeStartedTwiceAndAgainAfterTheirEnd() {
    Rounds rounds = rounds(Ending.AWAITED, () -> pause(PAUSE));
    rounds.start();
    rounds.start();
    await().until(() -> begun.get() > 3);
    rounds.close();
    rounds.close();
    assertThat(rounds.running()).isFalse();
    int ended = begun.get();
    rounds.start();
    await().until(() -> begun.get() > ended);
    rounds.close();
    assertThat(said).isEmpty();
  }

  /** Else a stop would take as long as the longest pause. */
  @Test
  void thePauseEndsWithThem() {
    Rounds rounds = rounds(Ending.AWAITED, () -> pause(LONG));
    rounds.start();
    await().until(() -> begun.get() == 1);
    rounds.close();
    assertThat(said).as("that it was late").isEmpty();
  }

  @Test
  void aRoundThatIsUnderWayComesToItsEndOrIsInterrupted() {
    CountDownLatch end = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    Rounds awaited =
        rounds(
            Ending.AWAITED,
            () -> {
              begun.incrementAndGet();
              reached(end);
              ended.set(true);
              return LONG;
            });
    Rounds interrupted =
        rounds(
            Ending.INTERRUPTED,
            () -> {
              begun.incrementAndGet();
              reached(new CountDownLatch(1));
              return LONG;
            });
    awaited.start();
    interrupted.start();
    await().until(() -> begun.get() == 2);

    interrupted.close();
    assertThat(interrupted.running()).isFalse();
    Thread closing = Thread.ofVirtual().start(() -> Rounds.close(List.of(awaited, interrupted)));
    await().until(() -> !awaited.running());
    assertThat(ended).isFalse();
    end.countDown();
    await().until(() -> !closing.isAlive());
    assertThat(ended).isTrue();
    assertThat(said).as("of what an interrupted round threw, too").isEmpty();
  }

  private Rounds rounds(Ending ending, Supplier<Duration> round) {
    return new Rounds(
        "tested", ending, PAUSE, new Words(log, "it fails", "it works", "it is late"), round);
  }

  private Duration pause(Duration pause) {
    begun.incrementAndGet();
    return pause;
  }

  private static void reached(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
