package io.tenantry.persistence.connection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.concurrent.TimeUnit;

/**
 * What the way to the database is measured by. No meter names a tenant: their number is not
 * bounded, and who reads the metrics need not know them. Thread-safe.
 */
final class ConnectionMetrics {

  private final MeterRegistry registry;
  private final Timer checkout;
  private final Timer turn;
  private final Counter evicted;

  ConnectionMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.checkout =
        Timer.builder("tenantry.checkout")
            .description("From asking for a connection to being inside the tenant's transaction")
            .register(registry);
    this.turn =
        Timer.builder("tenantry.connections.turn")
            .description("Waiting until a tenant has fewer connections than it may have at once")
            .register(registry);
    this.evicted =
        Counter.builder("tenantry.connections.evicted")
            .description("Connections thrown away because nobody knows what state they are in")
            .register(registry);
  }

  /** For who has no registry: nothing is kept. */
  static ConnectionMetrics none() {
    return new ConnectionMetrics(new CompositeMeterRegistry());
  }

  MeterRegistry registry() {
    return registry;
  }

  /**
   * @param start by {@link System#nanoTime}
   */
  void checkedOut(long start) {
    checkout.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
  }

  /**
   * @param start by {@link System#nanoTime}
   */
  void waitedForTurn(long start) {
    turn.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
  }

  void evicted() {
    evicted.increment();
  }
}
