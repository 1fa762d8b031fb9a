package io.tenantry.migrations.drift;

import io.tenantry.control.rounds.Ending;
import io.tenantry.control.rounds.Rounds;
import io.tenantry.control.rounds.Words;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks all schemas again and again, on one thread of its own, and logs what has drifted. A check
 * that could not be taken is tried again after a minute; the first of several is logged.
 * Thread-safe.
 */
public final class DriftLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DriftLoop.class);
  private static final Duration AGAIN = Duration.ofMinutes(1);
  private static final int MOST_DEVIATIONS = 5;

  private final Rounds rounds;

  /**
   * @param interval between the end of a check and the beginning of the next; the first begins at
   *     once
   */
  public DriftLoop(DriftCheck check, Duration interval) {
    this.rounds =
        new Rounds(
            "drift",
            Ending.INTERRUPTED,
            AGAIN,
            new Words(
                LOG,
                "The schemas could not be checked; that is tried again every " + AGAIN + ".",
                "The schemas are checked again.",
                "A check of the schemas did not end in time."),
            () -> {
              log(check.all(DriftListener.NONE));
              return interval;
            });
  }

  /** Begins; a second call changes nothing. */
  public void start() {
    rounds.start();
  }

  /** Ends it, in the middle of a check too: what it has written down stays. */
  @Override
  public void close() {
    rounds.close();
  }

  private static void log(DriftReport report) {
    for (DriftResult result : report.in(DriftState.DRIFTED)) {
      List<Deviation> all = result.deviations();
      List<Deviation> first = all.subList(0, Math.min(MOST_DEVIATIONS, all.size()));
      LOG.warn(
          "The schema of tenant {} is not that of {}, in {} things: {}{}",
          result.tenant(),
          result.version(),
          all.size(),
          first,
          all.size() > first.size() ? " and more" : "");
    }
    report
        .in(DriftState.FAILED)
        .forEach(
            result ->
                LOG.warn(
                    "The schema of tenant {} could not be looked at: SQLSTATE {}.",
                    result.tenant(),
                    result.sqlState()));
    int unknown = report.in(DriftState.UNKNOWN_VERSION).size();
    if (unknown > 0) {
      LOG.warn(
          "{} of {} schemas were not compared: other changesets than this build's have run there.",
          unknown,
          report.results().size());
    }
    LOG.debug("Looked at {} schemas in {}.", report.results().size(), report.took());
  }
}
