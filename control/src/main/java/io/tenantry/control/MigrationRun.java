package io.tenantry.control;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run over the schemas of all tenants. Immutable.
 *
 * @param target id of the changeset to end at; empty: before the first; null: the newest, or not
 *     found out yet
 * @param steps DOWN: how many changesets below the highest version; null otherwise
 * @param reverts REVERT: whose changes are taken back; null otherwise
 * @param canaries slugs of the tenants that come first
 * @param wavePercents how much of all tenants each wave ends at
 * @param failureBudget more failures pause it
 * @param acceptedFailures those that were there when it was last resumed
 * @param workers how many tenants at a time
 * @param planHash SHA-256 of the compiled text of the build that began it; null until then
 * @param pauseRequested whether no further tenant is begun
 * @param worker who carries it out; null unless it is RUNNING
 * @param leaseUntil after this another worker may take it over; null unless it is RUNNING
 * @param errorCode id of an {@code ErrorCode}: why it was refused, paused itself, or waits for
 *     another build; null: none of these
 * @param errorDetail the same in words
 */
public record MigrationRun(
    UUID id,
    MigrationDirection direction,
    MigrationState state,
    @Nullable String target,
    @Nullable Integer steps,
    @Nullable UUID reverts,
    List<String> canaries,
    List<Integer> wavePercents,
    int failureBudget,
    int acceptedFailures,
    int workers,
    @Nullable String planHash,
    boolean pauseRequested,
    String requestedBy,
    @Nullable String requestId,
    @Nullable String worker,
    @Nullable Instant leaseUntil,
    int attempt,
    @Nullable String errorCode,
    @Nullable String errorDetail,
    MigrationCounts counts,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  public MigrationRun {
    canaries = List.copyOf(canaries);
    wavePercents = List.copyOf(wavePercents);
  }
}
