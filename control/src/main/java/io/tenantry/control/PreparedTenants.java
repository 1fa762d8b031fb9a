package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Tenants made ahead, as the workers that make them see them; claiming one is {@link
 * TenantStore#put}'s. Thread-safe; each call is one transaction of a control login and blocks on
 * the database. Time is the database's.
 *
 * <p>A worker holds one by a lease, as it holds an operation: every write names the worker, and who
 * lost the lease gets {@link LeaseLostException} and changes nothing. All methods throw {@code
 * TenantryException} with {@code database_unavailable} when the database is away.
 */
public final class PreparedTenants {

  /** Two workers that count at the same time would both make what is missing. */
  private static final long COUNTING = 0x7072_6570_6172L;

  private static final String TABLE = "tenantry_control.prepared_tenants";
  private static final String FREE = "(p.lease_until is null or p.lease_until < clock_timestamp())";
  private static final String TAKE_UP = taking("'MAKING'", "", "p.tenant_id");
  private static final String COUNT = "select count(*) from " + TABLE + " p";
  private static final String INSERT =
      "insert into "
          + TABLE
          + " (tenant_id, worker, lease_until)"
          + " select id, ?, clock_timestamp() + make_interval(secs => ?) from unnest(?::uuid[]) id";
  private static final String TO_BE_PROVEN =
      taking(
          "'READY'",
          " and (p.claimable_until < clock_timestamp() + make_interval(secs => ?)"
              + " or exists (select from tenantry_control.tenant_schemas s"
              + " where s.tenant_id = p.tenant_id and s.version <> p.version))",
          "p.claimable_until");
  private static final String HEARTBEAT =
      "update "
          + TABLE
          + " set lease_until = clock_timestamp() + make_interval(secs => ?) where worker = ?";
  private static final String PROVEN =
      "update "
          + TABLE
          + """
           set state = 'READY', worker = null, lease_until = null, version = ?, proof = ?,
            claimable_until = clock_timestamp() + make_interval(secs => ?),
            ready_at = coalesce(ready_at, clock_timestamp())
          where tenant_id = ? and worker = ?
          """;
  private static final String PUT_OFF =
      "update "
          + TABLE
          + " set worker = null, lease_until = clock_timestamp() + make_interval(secs => ?),"
          // Not given away on an older proof: the new one may be what failed.
          + " claimable_until = case when state = 'READY' then clock_timestamp() end"
          + " where tenant_id = ? and worker = ?";

  private final ControlTransactions transactions;

  /**
   * @param control a control login, or the owner of the platform's tables
   */
  public PreparedTenants(DataSource control) {
    this.transactions = new ControlTransactions(control);
  }

  /** How many there are, in all states. */
  public int count() {
    return transactions.call("counting prepared tenants", PreparedTenants::count);
  }

  /**
   * Takes up to {@code most} that somebody left unfinished, and where there are none, begins as
   * many as there are too few. Two workers never get the same one.
   *
   * @param size how many there should be in all; 0 begins none
   * @return whose role, schema and rows are to be made, in no order
   */
  public List<TenantId> begin(String worker, int size, int most, Duration lease) {
    return transactions.call(
        "beginning tenants ahead",
        connection -> {
          List<TenantId> left = hold(connection, TAKE_UP, worker, lease, null, most);
          if (!left.isEmpty() || size == 0) {
            return left;
          }
          try (PreparedStatement turn =
              connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
            turn.setLong(1, COUNTING);
            turn.execute();
          }
          List<TenantId> fresh = new ArrayList<>();
          for (int missing = size - count(connection); fresh.size() < Math.min(missing, most); ) {
            fresh.add(new TenantId(Ids.next()));
          }
          if (!fresh.isEmpty()) {
            insert(connection, worker, lease, fresh);
          }
          return List.copyOf(fresh);
        });
  }

  /**
   * Takes up to {@code most} that are READY and whose proof holds for less than {@code ahead} from
   * now, or whose schema was changed since. Nobody can claim them until they are proven or given
   * back: their schema may be about to change.
   */
  public List<TenantId> toBeProven(String worker, Duration ahead, int most, Duration lease) {
    return transactions.call(
        "taking prepared tenants to be proven",
        connection -> hold(connection, TO_BE_PROVEN, worker, lease, ahead, most));
  }

  /** Prolongs the leases of all that the worker holds. */
  public void heartbeat(String worker, Duration lease) {
    transactions.<@Nullable Void>call(
        "prolonging a lease",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(HEARTBEAT)) {
            statement.setDouble(1, OperationWrites.seconds(lease));
            statement.setString(2, worker);
            statement.executeUpdate();
            return null;
          }
        });
  }

  /**
   * It is whole and proven, and may be claimed from now on; its schema's version goes into the
   * registry, unless somebody else has changed it there meanwhile: then it cannot be claimed until
   * it is proven again.
   *
   * @param before the version that the registry had before the schema was brought to this one; null
   *     when it is new
   * @param version the last changeset of its schema
   * @param proof what the proof found
   * @param holds how long it may be claimed without another proof
   */
  public void proven(
      TenantId tenant,
      String worker,
      @Nullable String before,
      String version,
      String proof,
      Duration holds) {
    transactions.<@Nullable Void>call(
        "writing down a prepared tenant's proof",
        connection -> {
          OperationWrites.writeHeld(
              connection,
              PROVEN,
              tenant.value(),
              worker,
              version,
              proof,
              OperationWrites.seconds(holds));
          if (before == null) {
            SchemaRegistry.made(connection, tenant, version);
          } else if (!before.equals(version)) {
            SchemaRegistry.moved(connection, tenant, before, version);
          }
          return null;
        });
  }

  /** Gives it back as it is, not to be taken up before {@code pause} is over. */
  public void putOff(TenantId tenant, String worker, Duration pause) {
    transactions.<@Nullable Void>call(
        "giving back a prepared tenant",
        connection -> {
          OperationWrites.writeHeld(
              connection, PUT_OFF, tenant.value(), worker, OperationWrites.seconds(pause));
          return null;
        });
  }

  /** Takes some that nobody holds. */
  private static String taking(String state, String which, String order) {
    return "update "
        + TABLE
        + " as p set worker = ?, lease_until = clock_timestamp() + make_interval(secs => ?) "
        + "where p.tenant_id in (select p.tenant_id from "
        + TABLE
        + " p where p.state = "
        + state
        + " and "
        + FREE
        + which
        + " order by "
        + order
        + " limit ? for update skip locked) returning p.tenant_id";
  }

  private static List<TenantId> hold(
      Connection connection,
      String sql,
      String worker,
      Duration lease,
      @Nullable Duration ahead,
      int most)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int next = 1;
      statement.setString(next++, worker);
      statement.setDouble(next++, OperationWrites.seconds(lease));
      if (ahead != null) {
        statement.setDouble(next++, OperationWrites.seconds(ahead));
      }
      statement.setInt(next, most);
      List<TenantId> held = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          held.add(new TenantId(row.getObject(1, UUID.class)));
        }
      }
      return held;
    }
  }

  private static int count(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COUNT);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void insert(
      Connection connection, String worker, Duration lease, List<TenantId> fresh)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setString(1, worker);
      statement.setDouble(2, OperationWrites.seconds(lease));
      statement.setArray(
          3, connection.createArrayOf("uuid", fresh.stream().map(TenantId::value).toArray()));
      statement.executeUpdate();
    }
  }
}
