package io.tenantry.api.isolation;

import io.tenantry.api.isolation.IsolationState.Check;
import io.tenantry.api.isolation.IsolationState.Look;
import io.tenantry.api.isolation.ScanPace.Next;
import io.tenantry.tenancy.finding.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks whether the platform is safe: once before the web server takes its first request, which
 * ends the start when it is not, and again and again. Where nothing can be seen the start goes on,
 * serving nothing, and the look is taken as soon as it can be. What was unsafe is taken back by a
 * look at everything alone. All looks are one thread's.
 */
@Component
class IsolationWatch implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(IsolationWatch.class);

  /** Before everything that takes requests or follows the database. */
  private static final int FIRST = -1_000;

  private static final Duration UNTIL_SEEN = Duration.ofSeconds(1);
  private static final Duration UNTIL_MENDED = Duration.ofSeconds(10);
  private static final double JITTER = 0.1;

  private final List<Inspection> inspections;
  private final IsolationState state;
  private final SafetySettings settings;
  private final Freshness freshness;
  private final Duration step;
  private final ScanPace pace;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final CompletableFuture<Inspected> first = new CompletableFuture<>();
  private volatile @Nullable Instant lastFull;
  private volatile @Nullable Thread thread;
  private @Nullable Inspected lastSaid;

  @Autowired
  IsolationWatch(
      List<Inspection> inspections,
      IsolationState state,
      SafetySettings settings,
      Freshness freshness) {
    this(inspections, state, settings, freshness, UNTIL_MENDED);
  }

  /**
   * @param step the longest before the first look at everything, and between two while unsafe
   */
  IsolationWatch(
      List<Inspection> inspections,
      IsolationState state,
      SafetySettings settings,
      Freshness freshness,
      Duration step) {
    this.inspections = List.copyOf(inspections);
    this.state = state;
    this.settings = settings;
    this.freshness = freshness;
    this.step = step;
    this.pace = new ScanPace(step, settings.scanInterval());
  }

  /**
   * Blocks until the first look was taken, or the time for it is over.
   *
   * @throws UnsafePlatformException when it found something unsafe
   */
  @Override
  public void start() {
    Thread watching = Thread.ofVirtual().name("isolation-watch").unstarted(this::watch);
    thread = watching;
    watching.start();
    Inspected seen = firstLook();
    if (seen != null && seen.unsafe()) {
      stop();
      throw new UnsafePlatformException(seen.findings());
    }
    if (seen != null) {
      say(seen);
    }
  }

  private @Nullable Inspected firstLook() {
    try {
      return first.get(settings.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (first.cancel(false)) {
        LOG.warn(
            "Whether the platform is safe could not be seen within {} ms"
                + " (tenantry.safety.start-timeout); nothing is served until it is.",
            settings.startTimeout().toMillis());
        return null;
      }
      return first.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped while it was starting.", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The first look ended.", e);
    }
  }

  @Override
  public void stop() {
    Thread watching = thread;
    thread = null;
    if (watching != null) {
      watching.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  @Override
  public int getPhase() {
    return FIRST;
  }

  /** When every tenant's catalog was last seen, empty before the first time. */
  Optional<Instant> lastFull() {
    return Optional.ofNullable(lastFull);
  }

  private void watch() {
    try {
      while (thread != null && !goingOn(this::firstly, () -> false)) {
        Thread.sleep(UNTIL_SEEN);
      }
      freshness.expect(Check.CATALOG);
      // Of a random length, so that instances started together do not look together.
      Next next = new Next(true, upTo(step));
      while (thread != null) {
        Thread.sleep(around(next.delay()));
        Next due = next;
        next = goingOn(() -> again(due), this::blindly);
      }
    } catch (InterruptedException e) {
      LOG.debug("No longer watched.");
    }
  }

  /** Nobody would notice that this thread has ended: what a look throws does not end it. */
  private static <T> T goingOn(Supplier<T> look, Supplier<T> failed) {
    try {
      return look.get();
    } catch (Throwable e) {
      LOG.error("The look whether the platform is safe met an error; it goes on.", e);
      return failed.get();
    }
  }

  private boolean firstly() {
    return look(Inspected.by(inspections, Inspection::quick));
  }

  private Next again(Next due) {
    Next next = due.full() ? fully() : quickly();
    // Says so when it begins, also where nobody asks.
    boolean _ = freshness.stale(Check.CATALOG);
    return next;
  }

  private Next blindly() {
    return pace.afterFull(false, false);
  }

  private Next fully() {
    Inspected seen = Inspected.by(inspections, Inspection::full);
    if (look(seen)) {
      lastFull = Instant.now();
      freshness.looked(Check.CATALOG);
    } else {
      freshness.missed(Check.CATALOG, seen.failure());
    }
    boolean unsafe = state.last(Check.CATALOG).filter(look -> !look.safe()).isPresent();
    return pace.afterFull(seen.complete(), unsafe);
  }

  /** Adds to what is known, and takes nothing back: it does not see all. */
  private Next quickly() {
    Inspected seen = Inspected.by(inspections, Inspection::quick);
    if (seen.unsafe()) {
      List<Finding> all =
          new ArrayList<>(state.last(Check.CATALOG).map(Look::findings).orElse(List.of()));
      // The detail may be another at each look, as of clocks; it is still the same finding.
      for (Finding finding : seen.findings()) {
        if (all.stream().noneMatch(known -> same(known, finding))) {
          all.add(finding);
        }
      }
      state.saw(Check.CATALOG, new Look(Instant.now(), all));
      say(new Inspected(all, seen.failure()));
    }
    return pace.afterQuick(seen.complete(), seen.unsafe());
  }

  private static boolean same(Finding one, Finding other) {
    return one.code() == other.code() && one.object().equals(other.object());
  }

  /** Notes what was seen; whether all of it could be. Unsafe is unsafe, even if seen in part. */
  private boolean look(Inspected seen) {
    if (seen.complete() || seen.unsafe()) {
      state.saw(Check.CATALOG, new Look(Instant.now(), seen.findings()));
    }
    if (!first.complete(seen) && thread != null) {
      say(seen);
    }
    return seen.complete();
  }

  /** The same again is said once: a look every few seconds would fill the log. */
  private synchronized void say(Inspected seen) {
    if (seen.equals(lastSaid)) {
      return;
    }
    boolean wasUnsafe = lastSaid != null && lastSaid.unsafe();
    lastSaid = seen;
    for (Finding finding : seen.findings()) {
      LOG.atLevel(finding.unsafe() ? Level.ERROR : Level.WARN).log("{}", finding);
    }
    if (!seen.complete()) {
      LOG.warn("Whether the platform is safe cannot be seen now: {}", seen.failure());
    } else if (wasUnsafe && !seen.unsafe()) {
      LOG.info("What was unsafe is mended.");
    }
  }

  private Duration upTo(Duration most) {
    return Duration.ofMillis(random.nextLong(most.toMillis()) + 1);
  }

  private Duration around(Duration about) {
    double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
    return Duration.ofMillis((long) (about.toMillis() * factor));
  }
}
