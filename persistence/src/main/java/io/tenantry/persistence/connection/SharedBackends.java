package io.tenantry.persistence.connection;

import java.sql.SQLException;

/**
 * Lends whoever proves isolation one connection of the serving pool for several tenants in turn,
 * with the checkout, the guard and the fence that requests have. Thread-safe.
 */
public final class SharedBackends {

  private final ServingPool pool;
  private final TenantCheckout checkout;
  private final StatementGuard guard;
  private final PoolerSettings pooler;

  SharedBackends(
      ServingPool pool, TenantCheckout checkout, StatementGuard guard, PoolerSettings pooler) {
    this.pool = pool;
    this.checkout = checkout;
    this.guard = guard;
    this.pooler = pooler;
  }

  /**
   * Borrows a connection; blocks for as long as a request would wait for one. It counts for no
   * tenant.
   *
   * @throws SQLException as a request would get it, when there is none to be had
   */
  public SharedBackend borrow() throws SQLException {
    return new SharedBackend(pool, pool.borrow(), checkout, guard, !pooler.present());
  }
}
