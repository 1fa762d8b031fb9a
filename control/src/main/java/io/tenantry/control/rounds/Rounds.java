package io.tenantry.control.rounds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has the same done again and again, on a thread of its own that nothing ends but {@link #close}.
 * That rounds fail is logged once when it begins and once when it is over, an {@link Error} each
 * time. Thread-safe; may be started again after its end.
 */
public final class Rounds implements AutoCloseable {

  private final String name;
  private final Ending ending;
  private final Duration afterFailure;
  private final Words words;
  private final Supplier<Duration> round;
  private final AtomicReference<@Nullable Course> running = new AtomicReference<>();

  /** From a start to the end: {@code over} is told to the thread, also while it waits. */
  private record Course(Thread thread, CountDownLatch over) {}

  /**
   * @param name of the thread
   * @param afterFailure how long to wait behind a round that failed, above 0
   * @param round answers how long to wait for the next; zero for not at all
   */
  public Rounds(
      String name, Ending ending, Duration afterFailure, Words words, Supplier<Duration> round) {
    this.name = name;
    this.ending = ending;
    this.afterFailure = afterFailure;
    this.words = words;
    this.round = round;
  }

  /** Begins with the first round, at once; a second call changes nothing. */
  public void start() {
    CountDownLatch over = new CountDownLatch(1);
    Thread thread = Thread.ofPlatform().daemon().name(name).unstarted(() -> go(over));
    if (running.compareAndSet(null, new Course(thread, over))) {
      thread.start();
    }
  }

  /** Whether it was started and not ended. */
  public boolean running() {
    return running.get() != null;
  }

  /** Begins no further round, and waits for the one under way as {@link Ending} says. */
  @Override
  public void close() {
    close(List.of(this));
  }

  /** Ends all of them, which takes no longer than the one that takes longest. */
  public static void close(List<Rounds> all) {
    List<Runnable> waiting = new ArrayList<>();
    long begun = System.nanoTime();
    for (Rounds one : all) {
      Course course = one.running.getAndSet(null);
      if (course != null) {
        one.tell(course);
        waiting.add(() -> one.await(course, begun));
      }
    }
    waiting.forEach(Runnable::run);
  }

  private void tell(Course course) {
    course.over().countDown();
    if (ending == Ending.INTERRUPTED) {
      course.thread().interrupt();
    }
  }

  private void await(Course course, long begun) {
    Duration left = ending.patience().minusNanos(System.nanoTime() - begun);
    try {
      // Zero would wait for ever.
      if (!course.thread().join(left.isPositive() ? left : Duration.ofMillis(1))) {
        words.log().warn(words.late());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void go(CountDownLatch over) {
    boolean failing = false;
    while (over.getCount() > 0) {
      Duration pause = afterFailure;
      try {
        pause = round.get();
        if (failing) {
          failing = false;
          words.log().info(words.working());
        }
      } catch (RuntimeException e) {
        // What an interrupted round says is no news.
        if (!failing && (ending == Ending.AWAITED || over.getCount() > 0)) {
          failing = true;
          words.log().atLevel(words.level()).setCause(e).log(words.failing());
        }
      } catch (Throwable e) {
        // Nobody would notice that this thread has ended.
        words.log().error("{} met an error; it goes on.", name, e);
      }
      rest(over, pause);
    }
  }

  private static void rest(CountDownLatch over, Duration pause) {
    try {
      boolean _ = over.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      // Whoever ends the rounds has said so: the next look at it decides.
    }
  }
}
