package io.tenantry.operations.runs;

import io.tenantry.control.MigrationCounts;
import io.tenantry.control.MigrationRun;
import io.tenantry.control.MigrationRuns;
import io.tenantry.operations.terminal.Progress;
import io.tenantry.tenancy.error.TenantryException;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Shows how far a run is, by looking at it: it may be carried out by another process. On a thread
 * of its own until it is closed.
 */
final class RunWatch implements AutoCloseable {

  private static final long BETWEEN_NANOS = 300_000_000;

  private final MigrationRuns runs;
  private final UUID id;
  private final Progress progress;
  private final Thread thread;
  private volatile boolean closed;

  RunWatch(MigrationRuns runs, UUID id, Progress progress) {
    this.runs = runs;
    this.id = id;
    this.progress = progress;
    this.thread = Thread.ofPlatform().daemon().name("run-watch").start(this::watch);
  }

  private void watch() {
    while (!closed) {
      LockSupport.parkNanos(BETWEEN_NANOS);
      try {
        runs.find(id).ifPresent(run -> show(run, progress));
      } catch (TenantryException e) {
        // The run waits for the database too; the next look may have it.
      }
    }
  }

  static void show(MigrationRun run, Progress progress) {
    MigrationCounts counts = run.counts();
    if (counts.total() > 0) {
      progress.at(counts.total() - counts.pending(), counts.total(), counts.failed());
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    progress.end();
  }
}
