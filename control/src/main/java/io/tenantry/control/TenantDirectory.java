package io.tenantry.control;

import io.tenantry.control.rounds.Rounds;
import io.tenantry.tenancy.Canaries;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantState;
import io.tenantry.tenancy.error.TenantryException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole tenant directory in memory, following the database's. Thread-safe; {@link #find} never
 * blocks and never asks the database.
 *
 * <p>While the database is away, the last known state is served; {@link #lastRefreshed} tells how
 * old it is. That is logged once when it begins and once when it ends. A tenant whose row cannot be
 * read, such as one that a later version wrote, is logged and not served until it changes again.
 * The canaries are known here, but {@link #canaries} alone shows them.
 */
public final class TenantDirectory implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TenantDirectory.class);
  private static final String LAST =
      "select c.change_number from tenantry_control.directory_changes c";
  private static final String CHANGED =
      "select " + TenantRows.COLUMNS + " from tenantry_control.tenants t where t.change_number > ?";

  private record Snapshot(
      Map<TenantId, Tenant> tenants, long changeNumber, @Nullable Instant refreshed) {}

  private record Changes(long last, boolean all, List<Tenant> rows, List<TenantId> unreadable) {}

  private final ControlTransactions transactions;
  private final Rounds following;
  private final InstantSource clock;
  private final ReentrantLock refreshing = new ReentrantLock();
  private final AtomicReference<Snapshot> snapshot =
      new AtomicReference<>(new Snapshot(Map.of(), 0, null));

  /**
   * @param interval between two looks at the database
   */
  public TenantDirectory(DataSource control, Duration interval, InstantSource clock) {
    this.transactions = new ControlTransactions(control);
    this.following = Following.of("tenant-directory", interval, this::refresh);
    this.clock = clock;
  }

  /** The tenant of that id as last seen; empty when there is none, or it is purged. */
  public Optional<Tenant> find(TenantId id) {
    return Optional.ofNullable(snapshot.get().tenants().get(id)).filter(t -> !isCanary(t));
  }

  /** All tenants as last seen, in no order; those that are purged are not among them. */
  public List<Tenant> all() {
    return shown().toList();
  }

  public int size() {
    return Math.toIntExact(shown().count());
  }

  /** The canaries that are ACTIVE as last seen, in the order of {@link Canaries#PAIR}. */
  public List<Tenant> canaries() {
    return snapshot.get().tenants().values().stream()
        .filter(t -> isCanary(t) && t.state() == TenantState.ACTIVE)
        .sorted(Comparator.comparing(t -> Canaries.PAIR.indexOf(t.slug())))
        .toList();
  }

  /** How many of the tenants last seen are in {@code state}; counts them, at each call. */
  public int count(TenantState state) {
    return Math.toIntExact(shown().filter(t -> t.state() == state).count());
  }

  private Stream<Tenant> shown() {
    return snapshot.get().tenants().values().stream().filter(t -> !isCanary(t));
  }

  private static boolean isCanary(Tenant tenant) {
    return Canaries.reserved(tenant.slug());
  }

  /** When the database last answered; empty before the first time. */
  public Optional<Instant> lastRefreshed() {
    return Optional.ofNullable(snapshot.get().refreshed());
  }

  /** Begins to follow the database, on one thread of its own; a second call changes nothing. */
  public void start() {
    following.start();
  }

  /** Stops following; what was seen last stays. Waits for a look that is under way. */
  @Override
  public void close() {
    following.close();
  }

  /**
   * Looks at the database now and takes over what has changed. Blocks on it.
   *
   * @throws TenantryException with {@code database_unavailable} when it is away; what was seen last
   *     stays
   */
  public void refresh() {
    refreshing.lock();
    try {
      Snapshot old = snapshot.get();
      Changes changes =
          transactions.alone(
              "reading the tenant directory", connection -> read(connection, old.changeNumber()));
      snapshot.set(new Snapshot(merged(old, changes), changes.last(), clock.instant()));
    } finally {
      refreshing.unlock();
    }
  }

  private static Changes read(Connection connection, long seen) throws SQLException {
    long last;
    try (PreparedStatement statement = connection.prepareStatement(LAST);
        ResultSet row = statement.executeQuery()) {
      row.next();
      last = row.getLong(1);
    }
    if (last == seen) {
      return new Changes(last, false, List.of(), List.of());
    }
    // Numbers that went back: the control tables were restored, and all of it is read anew.
    boolean all = last < seen || seen == 0;
    try (PreparedStatement statement = connection.prepareStatement(CHANGED)) {
      statement.setLong(1, all ? 0 : seen);
      try (ResultSet rows = statement.executeQuery()) {
        Changes changes = new Changes(last, all, new ArrayList<>(), new ArrayList<>());
        while (rows.next()) {
          try {
            changes.rows().add(TenantRows.read(rows));
          } catch (RuntimeException e) {
            TenantId id = new TenantId(rows.getObject("id", UUID.class));
            LOG.error("The row of tenant {} cannot be read; it is not served.", id, e);
            changes.unreadable().add(id);
          }
        }
        return changes;
      }
    }
  }

  private static Map<TenantId, Tenant> merged(Snapshot old, Changes changes) {
    if (changes.rows().isEmpty() && changes.unreadable().isEmpty() && !changes.all()) {
      return old.tenants();
    }
    Map<TenantId, Tenant> tenants = changes.all() ? new HashMap<>() : new HashMap<>(old.tenants());
    changes.unreadable().forEach(tenants::remove);
    for (Tenant tenant : changes.rows()) {
      if (tenant.state() == TenantState.PURGED) {
        tenants.remove(tenant.id());
      } else {
        tenants.put(tenant.id(), tenant);
      }
    }
    return Map.copyOf(tenants);
  }
}
