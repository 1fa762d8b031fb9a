package io.tenantry.persistence.prober;

import static io.tenantry.persistence.prober.Ending.CANCEL;
import static io.tenantry.persistence.prober.Ending.COMMIT;
import static io.tenantry.persistence.prober.Ending.FOREIGN_READ;
import static io.tenantry.persistence.prober.Ending.FOREIGN_WRITE;
import static io.tenantry.persistence.prober.Ending.ROLLBACK;
import static io.tenantry.persistence.prober.Ending.TIMEOUT;

import io.tenantry.persistence.connection.SharedBackend;
import io.tenantry.persistence.connection.SharedBackends;
import io.tenantry.tenancy.TenantId;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Through the pool: both tenants on one connection, each of them first once and second once, and
 * each ending followed by the other tenant's turn. In between the connection is looked at bare.
 */
@Component
@Order(1)
final class PooledWay implements WayIn {

  private static final List<Ending> ENDINGS =
      List.of(COMMIT, FOREIGN_READ, FOREIGN_WRITE, ROLLBACK, TIMEOUT, CANCEL);

  private final SharedBackends backends;

  PooledWay(SharedBackends backends) {
    this.backends = backends;
  }

  @Override
  public void look(TenantId first, TenantId second, Seen seen) throws SQLException {
    onOne(seen, backend -> lookOn(backend, first, second, seen));
  }

  private static void lookOn(SharedBackend backend, TenantId first, TenantId second, Seen seen)
      throws SQLException {
    BareLook bare = new BareLook(backend, seen);
    int pid = bare.holdsNothing("its last borrower");
    bare.readsNothing(first);
    bare.readsNothing(second);
    Turn ofFirst = new Turn(backend, first, second, seen);
    Turn ofSecond = new Turn(backend, second, first, seen);
    int number = 0;
    for (Ending ending : ENDINGS) {
      // first, second; second, first; ..: both orders, and each tenant behind each ending.
      boolean inOrder = number % 2 == 0;
      for (Turn turn : inOrder ? List.of(ofFirst, ofSecond) : List.of(ofSecond, ofFirst)) {
        if (!turn.take(ending, pid)) {
          return;
        }
        bare.holdsNothing(ending.name().toLowerCase(Locale.ROOT).replace('_', ' '));
      }
      number++;
    }
    bare.readsNothing(first);
    bare.readsNothing(second);
  }

  /** Looks once as {@code tenant}, at rows that are not its own; writes nothing. */
  void lookInside(TenantId tenant, TenantId neighbour, Seen seen) throws SQLException {
    onOne(
        seen,
        backend -> {
          BareLook bare = new BareLook(backend, seen);
          int pid = bare.holdsNothing("its last borrower");
          if (new Turn(backend, tenant, neighbour, seen).take(FOREIGN_READ, pid)) {
            bare.holdsNothing("the tenant's transaction");
            bare.readsNothing(tenant);
          }
        });
  }

  /** Nobody else gets a connection on which something was found. */
  private void onOne(Seen seen, Work work) throws SQLException {
    try (SharedBackend backend = backends.borrow()) {
      try {
        work.on(backend);
      } finally {
        if (seen.anything()) {
          backend.spoil();
        }
      }
    }
  }

  @FunctionalInterface
  private interface Work {
    void on(SharedBackend backend) throws SQLException;
  }
}
