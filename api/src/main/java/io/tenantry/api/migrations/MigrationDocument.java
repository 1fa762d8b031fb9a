package io.tenantry.api.migrations;

import io.tenantry.api.paging.ListAnswer;
import io.tenantry.control.MigrationDirection;
import io.tenantry.control.MigrationResult;
import io.tenantry.control.MigrationResultState;
import io.tenantry.control.MigrationRun;
import io.tenantry.control.MigrationState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is answered.
 *
 * @param error why it was refused or paused itself; null: neither
 * @param results a page of them where one run is read; null elsewhere
 */
record MigrationDocument(
    UUID id,
    MigrationDirection direction,
    MigrationState state,
    @Nullable String target,
    @Nullable Integer steps,
    @Nullable UUID reverts,
    List<String> canaries,
    List<Integer> wavePercents,
    int failureBudget,
    int workers,
    boolean pauseRequested,
    Counts counts,
    String requestedBy,
    @Nullable String requestId,
    @Nullable Failure error,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable ListAnswer<Result> results) {

  static MigrationDocument of(MigrationRun run) {
    return of(run, null);
  }

  static MigrationDocument of(MigrationRun run, @Nullable ListAnswer<Result> results) {
    String code = run.errorCode();
    return new MigrationDocument(
        run.id(),
        run.direction(),
        run.state(),
        run.target(),
        run.steps(),
        run.reverts(),
        run.canaries(),
        run.wavePercents(),
        run.failureBudget(),
        run.workers(),
        run.pauseRequested(),
        new Counts(
            run.counts().pending(),
            run.counts().succeeded(),
            run.counts().failed(),
            run.counts().skipped()),
        run.requestedBy(),
        run.requestId(),
        code == null ? null : new Failure(code, run.errorDetail()),
        run.createdAt(),
        run.startedAt(),
        run.finishedAt(),
        results);
  }

  /** How many tenants are in which state. */
  record Counts(int pending, int succeeded, int failed, int skipped) {}

  /** Why a run was refused or paused itself. */
  record Failure(String code, @Nullable String detail) {}

  /** What became of one tenant. */
  record Result(
      UUID tenantId,
      @Nullable String slug,
      int wave,
      MigrationResultState state,
      String fromVersion,
      String toVersion,
      @Nullable String changeset,
      @Nullable String sqlstate,
      @Nullable String detail,
      int attempts,
      @Nullable Instant finishedAt) {

    static Result of(MigrationResult result) {
      return new Result(
          result.tenant().value(),
          result.slug(),
          result.wave(),
          result.state(),
          result.fromVersion(),
          result.toVersion(),
          result.changeSet(),
          result.sqlState(),
          result.detail(),
          result.attempts(),
          result.finishedAt());
    }
  }
}
