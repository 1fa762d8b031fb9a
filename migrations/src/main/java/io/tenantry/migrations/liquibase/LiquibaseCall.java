package io.tenantry.migrations.liquibase;

import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import liquibase.Scope;
import liquibase.analytics.configuration.AnalyticsArgs;
import liquibase.changelog.FastCheckService;
import liquibase.ui.LoggerUIService;

/**
 * Calls Liquibase. It keeps its services in fields of the JVM and resets them after each run, so
 * calls take turns, and waits for the turn block. Each call begins without what an earlier one
 * remembered.
 */
public final class LiquibaseCall {

  private static final ReentrantLock TURN = new ReentrantLock();

  private LiquibaseCall() {}

  /** What is done inside. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws Exception;
  }

  /** Runs {@code work}; what it throws comes out as it is. */
  public static <T> T call(Work<T> work) throws Exception {
    TURN.lock();
    try {
      return Scope.child(
          Map.of(
              Scope.Attr.logService.name(), new LiquibaseLog(),
              Scope.Attr.ui.name(), new LoggerUIService(),
              AnalyticsArgs.ENABLED.getKey(), false),
          () -> {
            // It remembers that a changelog had nothing to do, and would skip the next schema.
            Scope.getCurrentScope().getSingleton(FastCheckService.class).clearCache();
            return work.run();
          });
    } finally {
      TURN.unlock();
    }
  }
}
