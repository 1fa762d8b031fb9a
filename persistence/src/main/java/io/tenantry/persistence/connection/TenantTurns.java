package io.tenantry.persistence.connection;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.LimitExceededException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets each tenant have no more connections at once than its quota. Who comes beyond that waits in
 * its own tenant's line, and not in the pool's, where it would stand before everybody else.
 * Thread-safe. Keeps nothing about tenants that have no connection and wait for none.
 */
final class TenantTurns {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /**
   * How many may wait for each connection that the tenant may have. A request that waits keeps its
   * body in memory; a line without an end would be one tenant's way to use up the memory of all.
   */
  static final int LONGEST_LINE = 16;

  private final ConnectionQuota quota;
  private final int poolSize;
  private final ConnectionMetrics metrics;
  private final ConcurrentHashMap<TenantId, Line> lines = new ConcurrentHashMap<>();

  /**
   * @param poolSize connections that there are; no tenant gets more, whatever its quota
   */
  TenantTurns(ConnectionQuota quota, int poolSize, ConnectionMetrics metrics) {
    this.quota = quota;
    this.poolSize = poolSize;
    this.metrics = metrics;
  }

  /**
   * Waits for the tenant's turn.
   *
   * @throws LimitExceededException with {@code connection_limit_exceeded} when it did not come
   *     within {@code most}, or at once when the line is too long
   * @throws SQLTransientConnectionException instead, when the tenant may have the whole pool and
   *     has it: then it is the pool that is full
   * @throws SQLException when the thread was interrupted
   */
  Turn take(TenantId tenant, Duration most) throws SQLException {
    long start = System.nanoTime();
    int quotaNow = Math.clamp(quota.most(tenant), 1, poolSize);
    Line line = enter(tenant, quotaNow);
    boolean mine = false;
    try {
      mine =
          line.length() <= quotaNow * (1 + LONGEST_LINE)
              && line.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("Interrupted while waiting for a connection.", "57P01", e);
    } finally {
      metrics.waitedForTurn(start);
      if (!mine) {
        leave(tenant);
      }
    }
    if (!mine && quotaNow == poolSize) {
      throw new SQLTransientConnectionException("All connections are busy.");
    }
    if (!mine) {
      throw new LimitExceededException(
          ErrorCode.CONNECTION_LIMIT_EXCEEDED,
          "As many requests as this tenant may have at the database are there already.",
          RETRY_AFTER,
          quotaNow);
    }
    return new Turn(this, tenant, line);
  }

  /** How many tenants have a connection or wait for one. */
  int size() {
    return lines.size();
  }

  /** How many of one tenant have a turn or wait for one. */
  int users(TenantId tenant) {
    Line line = lines.get(tenant);
    return line == null ? 0 : line.length();
  }

  private Line enter(TenantId tenant, int most) {
    return lines.compute(
        tenant,
        (key, there) -> {
          Line line = there == null ? new Line(most) : there;
          line.follow(most);
          line.users.incrementAndGet();
          return line;
        });
  }

  private void leave(TenantId tenant) {
    lines.computeIfPresent(tenant, (key, line) -> line.users.decrementAndGet() == 0 ? null : line);
  }

  /** A place among the tenant's connections. Ending it twice does nothing. */
  static final class Turn {

    private final TenantTurns turns;
    private final TenantId tenant;
    private final Line line;
    private final AtomicBoolean ended = new AtomicBoolean();

    private Turn(TenantTurns turns, TenantId tenant, Line line) {
      this.turns = turns;
      this.tenant = tenant;
      this.line = line;
    }

    void end() {
      if (ended.compareAndSet(false, true)) {
        line.release();
        turns.leave(tenant);
      }
    }
  }

  /** Its fields are touched only while the map holds the tenant's entry. */
  private static final class Line extends Semaphore {

    private static final long serialVersionUID = 1L;

    private int most;
    private final AtomicInteger users = new AtomicInteger();

    Line(int most) {
      super(most, true);
      this.most = most;
    }

    /** How many have a turn or wait for one, whoever asks among them. */
    int length() {
      return users.get();
    }

    /** Takes over a changed quota; who has a turn keeps it. */
    void follow(int now) {
      if (now > most) {
        release(now - most);
      } else if (now < most) {
        reducePermits(most - now);
      }
      most = now;
    }
  }
}
