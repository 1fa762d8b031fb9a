package io.tenantry.migrations.fanout;

import io.tenantry.control.MigrationRun;
import io.tenantry.control.MigrationTask;
import io.tenantry.control.MigrationWork;
import io.tenantry.control.SqlFailures;
import io.tenantry.migrations.schema.SchemaConnection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The tenants of one wave, taken in turn by several threads, each with a connection of its own. One
 * tenant's failure is its own; what ends the wave early is a pause, a lost lease, a stop, too many
 * failures, or a database that is away. Used once.
 */
final class Wave {

  /** A session remembers the tables of every tenant it has touched, some 70 KB each. */
  private static final int TENANTS_PER_CONNECTION = 500;

  private final MigrationRun run;
  private final String worker;
  private final MigrationWork work;
  private final DataSource migrator;
  private final TenantChange change;
  private final FanOutSettings settings;
  private final FanOutListener listener;
  private final BooleanSupplier stopping;

  private final Queue<MigrationTask> waiting;
  private final AtomicInteger failuresLeft;
  private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
  private volatile boolean stopped;

  /**
   * @param failuresLeft how many more there may be; at below 0 it ends
   */
  Wave(
      MigrationRun run,
      String worker,
      List<MigrationTask> tasks,
      int failuresLeft,
      MigrationWork work,
      DataSource migrator,
      TenantChange change,
      FanOutSettings settings,
      FanOutListener listener,
      BooleanSupplier stopping) {
    this.run = run;
    this.worker = worker;
    this.waiting = new ConcurrentLinkedQueue<>(tasks);
    this.failuresLeft = new AtomicInteger(failuresLeft);
    this.work = work;
    this.migrator = migrator;
    this.change = change;
    this.settings = settings;
    this.listener = listener;
    this.stopping = stopping;
  }

  /**
   * Returns when no turn is under way any more.
   *
   * @throws RuntimeException what a thread has met, such as {@code database_unavailable}
   */
  void run() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    int count = Math.min(run.workers(), waiting.size());
    for (int i = 0; i < count; i++) {
      threads.add(Thread.ofPlatform().daemon().name("migration-" + i).start(this::takeTurns));
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      stopped = true;
      throw e;
    }
    Throwable failure = broken.get();
    if (failure instanceof RuntimeException known) {
      throw known;
    }
    if (failure instanceof Error error) {
      throw error;
    }
  }

  /** Whether it ended before its last tenant. */
  boolean stopped() {
    return stopped || stopping.getAsBoolean();
  }

  /** Below 0: more failed than may. */
  int failuresLeft() {
    return failuresLeft.get();
  }

  private void takeTurns() {
    try {
      while (goOn() && !waiting.isEmpty()) {
        try (SchemaConnection connection = SchemaConnection.open(migrator)) {
          for (int i = 0; i < TENANTS_PER_CONNECTION && goOn(); i++) {
            MigrationTask task = waiting.poll();
            if (task == null) {
              return;
            }
            TenantOutcome outcome = change.run(connection, task);
            listener.tenant(run, task.tenant(), outcome);
            write(task, outcome);
          }
        }
      }
    } catch (SQLException e) {
      broken.compareAndSet(null, SqlFailures.translate("changing the schemas of tenants", e));
      stopped = true;
    } catch (RuntimeException | Error e) {
      broken.compareAndSet(null, e);
      stopped = true;
    }
  }

  private boolean goOn() {
    return !stopped && failuresLeft.get() >= 0 && !stopping.getAsBoolean();
  }

  private void write(MigrationTask task, TenantOutcome outcome) {
    switch (outcome) {
      case TenantOutcome.Changed() -> {
        // Written down in the transaction that changed it.
      }
      case TenantOutcome.Stopped() -> stopped = true;
      case TenantOutcome.Overtaken() -> overtaken(task);
      case TenantOutcome.Busy(String changeSet, String sqlState, boolean holdBack) -> {
        if (task.attempts() + 1 < settings.busyAttempts()) {
          work.busy(run.id(), worker, task.tenant(), changeSet, sqlState);
        } else {
          fail(
              task,
              new TenantOutcome.Failed(
                  changeSet, sqlState, "It was busy at each of its turns.", holdBack));
        }
      }
      case TenantOutcome.Failed failed -> fail(task, failed);
    }
  }

  private void fail(MigrationTask task, TenantOutcome.Failed failed) {
    failuresLeft.decrementAndGet();
    work.failed(
        run.id(),
        worker,
        task.tenant(),
        failed.changeSet(),
        failed.sqlState(),
        failed.detail(),
        failed.holdBack());
  }

  /** Its next turn sees the version that it has by then, or that it is where it was to be. */
  private void overtaken(MigrationTask task) {
    if (task.attempts() + 1 < settings.busyAttempts() && work.movedOn(run.id(), task)) {
      work.busy(run.id(), worker, task.tenant(), null, null);
    } else {
      work.skipped(run.id(), worker, task.tenant(), "It was changed by somebody else, or is gone.");
    }
  }
}
