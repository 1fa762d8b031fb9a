package io.tenantry.persistence.prober;

import static io.tenantry.tenancy.finding.FindingCode.CONNECTION_DIRTY;
import static io.tenantry.tenancy.finding.FindingCode.LOGIN_POWERFUL;

import io.tenantry.persistence.connection.BareSession;
import io.tenantry.persistence.connection.SharedBackend;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.failure.SqlStates;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.SQLException;

/** Looks at a connection that no tenant is in: it has to hold nothing, and be able to nothing. */
final class BareLook {

  private static final String CONNECTION = "a pooled connection";

  private final SharedBackend backend;
  private final Seen seen;

  BareLook(SharedBackend backend, Seen seen) {
    this.backend = backend;
    this.seen = seen;
  }

  /**
   * Answers the server's process id.
   *
   * @param after what has just happened on it
   */
  int holdsNothing(String after) throws SQLException {
    BareSession session = backend.look();
    dirty(session.idle(), "a transaction is open", after);
    dirty(session.role().equals("none"), "a role is set", after);
    dirty(session.user().equals(session.login()), "statements run as another role", after);
    dirty(session.register().isEmpty(), "the register names a tenant", after);
    dirty(session.tenant().isEmpty(), "app.tenant_id names a tenant", after);
    dirty(
        session.leftovers() == 0,
        "there is a temp schema, a cursor that was held, or a channel that is listened to",
        after);
    return session.backend();
  }

  /** The login has to be refused the tenant's table and the one that all share. */
  void readsNothing(TenantId tenant) throws SQLException {
    refused(Rows.PROBES);
    refused(TenantNames.schema(tenant) + ".desk_orders");
  }

  private void refused(String table) throws SQLException {
    boolean refused =
        backend
            .refusal("select from " + table + " limit 1")
            .filter(SqlStates.INSUFFICIENT_PRIVILEGE::equals)
            .isPresent();
    seen.demand(
        refused, LOGIN_POWERFUL, table, "The runtime login is not refused it outside of a tenant.");
  }

  private void dirty(boolean holds, String what, String after) {
    seen.demand(holds, CONNECTION_DIRTY, CONNECTION, "After " + after + " " + what + ".");
  }
}
