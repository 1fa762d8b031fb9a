package io.tenantry.control;

import io.tenantry.control.rounds.Rounds;
import io.tenantry.tenancy.error.TenantryException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the clients that were revoked so lately that a token of theirs may still be in time,
 * in memory, following the database. Thread-safe; {@link #contains} never blocks.
 *
 * <p>While the database is away, the last known state is served, which is logged once when it
 * begins and once when it ends. Ids alone are enough: an id is never used again, so no token with a
 * revoked one is good, whatever the clocks of those who issued it said.
 */
public final class RevokedClients implements AutoCloseable {

  private static final String LATELY =
      """
      select c.client_id from tenantry_control.api_clients c
      where c.revoked_at is not null
        and c.revoked_at > clock_timestamp() - make_interval(secs => ?::int)
      """;

  private final ControlTransactions transactions;
  private final Rounds following;
  private final Duration longestToken;
  private final AtomicReference<@Nullable Set<String>> revoked = new AtomicReference<>();
  private volatile @Nullable Instant refreshed;

  /**
   * @param interval between two looks at the database
   * @param longestToken after how long no token of a revoked client can be in time any more
   */
  public RevokedClients(DataSource control, Duration interval, Duration longestToken) {
    this.transactions = new ControlTransactions(control);
    this.following = Following.of("revoked-clients", interval, this::refresh);
    this.longestToken = longestToken;
  }

  /** Whether the client was revoked, as last seen; empty when nothing was ever seen. */
  public Optional<Boolean> contains(String clientId) {
    Set<String> known = revoked.get();
    return known == null ? Optional.empty() : Optional.of(known.contains(clientId));
  }

  /** When the database was last read, empty when it never was. */
  public Optional<Instant> lastRefreshed() {
    return Optional.ofNullable(refreshed);
  }

  /**
   * Looks at the database now. Blocks on it.
   *
   * @throws TenantryException with {@code database_unavailable} when it is away; what was seen last
   *     stays
   */
  public void refresh() {
    revoked.set(
        transactions.call(
            "reading the revoked clients",
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(LATELY)) {
                statement.setInt(1, Math.toIntExact(longestToken.toSeconds()));
                try (ResultSet rows = statement.executeQuery()) {
                  Set<String> ids = new HashSet<>();
                  while (rows.next()) {
                    ids.add(rows.getString(1));
                  }
                  return Set.copyOf(ids);
                }
              }
            }));
    refreshed = Instant.now();
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
}
