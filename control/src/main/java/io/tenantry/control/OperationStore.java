package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The queue of operations. Thread-safe; each call is one transaction of a control login and blocks
 * on the database. Time is the database's.
 *
 * <p>A worker holds an operation by a lease and prolongs it by heartbeats. Every write names the
 * worker: who lost the lease gets {@link LeaseLostException} and changes nothing. Worker names are
 * unique per process and life of it. Claims and steps do not wait for the disk; what ends an
 * operation does, and with it all that came before. All methods throw {@code TenantryException}
 * with {@code database_unavailable} when the database is away.
 */
public final class OperationStore {

  private static final String SELECT =
      "select " + OperationRows.COLUMNS + " from tenantry_control.operations o ";
  private static final String CLAIMABLE =
      "((o.state = 'QUEUED' and coalesce(o.not_before <= clock_timestamp(), true))"
          + " or (o.state = 'RUNNING' and o.lease_until < clock_timestamp()))";
  private static final String CLAIM =
      """
      update tenantry_control.operations as o set
        state = 'RUNNING', worker = ?, attempt = o.attempt + 1,
        lease_until = clock_timestamp() + make_interval(secs => ?),
        started_at = coalesce(o.started_at, clock_timestamp())
      """;
  // Who has had to wait goes behind those that came meanwhile, or would keep all workers to
  // himself.
  private static final String CLAIM_NEXT =
      CLAIM
          + "where o.id = (select o.id from tenantry_control.operations o where "
          + CLAIMABLE
          + " and o.kind = any (?) order by coalesce(o.not_before, o.created_at), o.id for update"
          + " skip locked limit 1) returning "
          + OperationRows.COLUMNS;
  private static final String CLAIM_ONE =
      CLAIM + "where o.id = ? and " + CLAIMABLE + " returning " + OperationRows.COLUMNS;
  private static final String HEARTBEAT =
      """
      update tenantry_control.operations set
        lease_until = clock_timestamp() + make_interval(secs => ?)
      where id = ? and worker = ? and state = 'RUNNING'
      """;
  private static final String RELEASE =
      """
      update tenantry_control.operations set state = 'QUEUED', worker = null, lease_until = null,
        attempt = case when ? then attempt else greatest(attempt - 1, 0) end
      where id = ? and worker = ? and state = 'RUNNING'
      """;
  private static final String DEFER =
      """
      update tenantry_control.operations set state = 'QUEUED', worker = null, lease_until = null,
        attempt = greatest(attempt - 1, 0),
        not_before = clock_timestamp() + make_interval(secs => ?)
      where id = ? and worker = ? and state = 'RUNNING'
      """;
  private static final String WAITS =
      """
      update tenantry_control.operation_steps set detail = ?
      where operation_id = ? and state = 'RUNNING'
      """;
  private static final String STEPS =
      """
      select s.number, s.name, s.state, s.started_at, s.finished_at, s.detail
      from tenantry_control.operation_steps s where s.operation_id = ? order by s.number
      """;

  private final ControlTransactions transactions;

  public OperationStore(DataSource control) {
    this.transactions = new ControlTransactions(control);
  }

  public Optional<Operation> find(UUID id) {
    return transactions.call(
        "reading an operation",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(SELECT + "where o.id = ?")) {
            statement.setObject(1, id);
            return OperationRows.first(statement);
          }
        });
  }

  /** What the operation has done so far, in order. */
  public List<OperationStep> steps(UUID id) {
    return transactions.call(
        "reading the steps of an operation",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(STEPS)) {
            statement.setObject(1, id);
            try (ResultSet rows = statement.executeQuery()) {
              List<OperationStep> steps = new ArrayList<>();
              while (rows.next()) {
                steps.add(
                    new OperationStep(
                        rows.getInt("number"),
                        rows.getString("name"),
                        OperationState.valueOf(rows.getString("state")),
                        rows.getObject("started_at", OffsetDateTime.class).toInstant(),
                        TenantRows.instant(rows, "finished_at"),
                        rows.getString("detail")));
              }
              return steps;
            }
          }
        });
  }

  /**
   * Asks again for a tenant whose provisioning failed. Answers the unfinished operation when there
   * is one.
   *
   * @throws TenantryException with {@code not_found} when there is no such tenant, {@code
   *     tenant_state_conflict} unless it is FAILED
   */
  public Operation retry(TenantSlug slug, By by) {
    return transactions.call(
        "retrying a tenant",
        connection -> {
          Tenant tenant =
              TenantStore.bySlugForUpdate(connection, slug)
                  .orElseThrow(
                      () ->
                          new TenantryException(
                              ErrorCode.NOT_FOUND, "There is no tenant '" + slug + "'."));
          Optional<Operation> pending = OperationRows.unfinished(connection, tenant.id());
          if (pending.isPresent()) {
            return pending.get();
          }
          TenantTransitions.require(tenant, TenantState.PROVISIONING);
          return OperationRows.insert(connection, OperationKind.PROVISION, tenant.id(), by);
        });
  }

  /**
   * Takes the oldest operation that nobody holds: queued, or running with a lease that has passed.
   * Two workers never get the same one.
   */
  public Optional<Operation> claimNext(String worker, Duration lease) {
    return claimNext(worker, lease, EnumSet.allOf(OperationKind.class));
  }

  /**
   * As above, for some kinds only: a worker takes what it can carry out.
   *
   * @param kinds at least one
   */
  public Optional<Operation> claimNext(String worker, Duration lease, Set<OperationKind> kinds) {
    String[] names = kinds.stream().map(Enum::name).toArray(String[]::new);
    return transactions.call(
        "claiming an operation",
        connection ->
            claim(connection, CLAIM_NEXT, worker, lease, connection.createArrayOf("text", names)));
  }

  /** As {@link #claimNext}, for one operation; empty when somebody holds it or it is finished. */
  public Optional<Operation> claim(UUID id, String worker, Duration lease) {
    return transactions.call(
        "claiming an operation", connection -> claim(connection, CLAIM_ONE, worker, lease, id));
  }

  private static Optional<Operation> claim(
      Connection connection, String sql, String worker, Duration lease, Object which)
      throws SQLException {
    OperationWrites.mayBeForgotten(connection);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, worker);
      statement.setDouble(2, OperationWrites.seconds(lease));
      statement.setObject(3, which);
      return OperationRows.first(statement);
    }
  }

  /** Prolongs the lease from now. */
  public void heartbeat(UUID id, String worker, Duration lease) {
    transactions.<@Nullable Void>call(
        "prolonging a lease",
        connection -> {
          OperationWrites.writeHeld(
              connection, HEARTBEAT, id, worker, OperationWrites.seconds(lease));
          return null;
        });
  }

  /**
   * Gives the operation back unfinished, so that it is claimed again without waiting.
   *
   * @param counts whether it remains an attempt; what failed for no fault of the operation's own
   *     does not
   */
  public void release(UUID id, String worker, boolean counts) {
    transactions.<@Nullable Void>call(
        "giving back an operation",
        connection -> {
          OperationWrites.writeHeld(connection, RELEASE, id, worker, counts);
          return null;
        });
  }

  /**
   * Gives the operation back, to be claimed again after {@code pause}: it waits for something, and
   * nobody need wait with it. That is no attempt.
   *
   * @param why what it waits for; shown with the step that is under way
   */
  public void defer(UUID id, String worker, String why, Duration pause) {
    transactions.<@Nullable Void>call(
        "deferring an operation",
        connection -> {
          OperationWrites.hold(connection, id, worker);
          MigrationRows.update(connection, WAITS, why, id);
          OperationWrites.writeHeld(connection, DEFER, id, worker, OperationWrites.seconds(pause));
          return null;
        });
  }

  /**
   * Begins a step, or begins it again, and ends the one before it well.
   *
   * <p>A server that crashes may forget it; the step is done again then.
   *
   * @param before null when there is none that has to be ended
   */
  public void startStep(
      UUID id, String worker, @Nullable DoneStep before, int number, String name) {
    transactions.<@Nullable Void>call(
        "beginning a step",
        connection -> {
          OperationWrites.mayBeForgotten(connection);
          OperationWrites.hold(connection, id, worker);
          if (before != null) {
            OperationWrites.finishStep(connection, id, before.number(), before.detail());
          }
          OperationWrites.startStep(connection, id, number, name);
          return null;
        });
  }

  /** Ends the operation well. */
  public void succeed(UUID id, String worker) {
    transactions.<@Nullable Void>call(
        "ending an operation",
        connection -> {
          OperationWrites.succeed(connection, id, worker);
          return null;
        });
  }

  /** Ends the operation, and the step it was in, as failed. */
  public void fail(UUID id, String worker, ErrorCode code, String detail) {
    transactions.<@Nullable Void>call(
        "ending an operation",
        connection -> {
          OperationWrites.fail(connection, id, worker, code, detail);
          return null;
        });
  }

  /** The unfinished operation of a tenant; there is one at most. */
  public Optional<Operation> unfinished(TenantId tenant) {
    return transactions.call(
        "reading an operation", connection -> OperationRows.unfinished(connection, tenant));
  }
}
