package io.tenantry.control;

import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.FieldError;
import io.tenantry.tenancy.error.TenantryException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run is to do. Immutable; refuses what makes no sense with {@code validation_failed}.
 *
 * @param direction UP or DOWN
 * @param target UP: id of the changeset to end at, null: the newest. DOWN: null
 * @param steps DOWN: how many changesets below the highest version that there is, 1 to 1000. UP:
 *     null
 * @param canaries slugs of the tenants that come first, 50 at the most; none: the first percentage
 * @param wavePercents how much of all tenants each wave ends at, ascending, the last 100; 20 at the
 *     most
 * @param failureBudget more failures pause it, 0 to 1000000
 * @param workers how many tenants at a time, 1 to 16
 */
public record MigrationRequest(
    MigrationDirection direction,
    @Nullable String target,
    @Nullable Integer steps,
    List<String> canaries,
    List<Integer> wavePercents,
    int failureBudget,
    int workers) {

  public static final List<Integer> WAVES = List.of(1, 10, 40, 100);
  public static final int BUDGET = 10;
  public static final int WORKERS = 2;

  private static final int MOST_STEPS = 1000;
  private static final int MOST_CANARIES = 50;
  private static final int MOST_WAVES = 20;
  private static final int MOST_WORKERS = 16;
  private static final int MOST_FAILURES = 1_000_000;
  private static final int ALL = 100;

  public MigrationRequest {
    canaries = List.copyOf(canaries);
    wavePercents = List.copyOf(wavePercents);
    demand(direction != MigrationDirection.REVERT, "/direction", "it takes UP or DOWN");
    boolean down = direction == MigrationDirection.DOWN;
    demand(
        down == (steps != null) && (steps == null || (steps >= 1 && steps <= MOST_STEPS)),
        "/steps",
        "DOWN takes 1 to " + MOST_STEPS + " steps, and UP none");
    demand(
        target == null || (!down && target.matches("[A-Za-z0-9._-]{1,200}")),
        "/target",
        "UP takes the id of a changeset, and DOWN none");
    demand(
        canaries.stream().allMatch(slug -> slug.matches(TenantSlug.PATTERN)),
        "/canaries",
        "it takes slugs of tenants");
    demand(
        canaries.size() <= MOST_CANARIES,
        "/canaries",
        "it takes " + MOST_CANARIES + " at the most");
    demand(
        ascending(wavePercents),
        "/wavePercents",
        "it takes 1 to " + MOST_WAVES + " ascending numbers from 1, the last 100");
    demand(
        failureBudget >= 0 && failureBudget <= MOST_FAILURES,
        "/failureBudget",
        "it takes 0 to " + MOST_FAILURES);
    demand(workers >= 1 && workers <= MOST_WORKERS, "/workers", "it takes 1 to " + MOST_WORKERS);
  }

  /** To the newest version, with all else as is usual. */
  public static MigrationRequest up() {
    return up(null);
  }

  /** To the version of that changeset; null: to the newest. */
  public static MigrationRequest up(@Nullable String target) {
    return new MigrationRequest(
        MigrationDirection.UP, target, null, List.of(), WAVES, BUDGET, WORKERS);
  }

  /** The same, but UP to the version of that changeset. */
  public MigrationRequest to(String version) {
    return new MigrationRequest(
        direction, version, steps, canaries, wavePercents, failureBudget, workers);
  }

  /** Below the highest version that there is, by that many changesets. */
  public static MigrationRequest down(int steps) {
    return new MigrationRequest(
        MigrationDirection.DOWN, null, steps, List.of(), WAVES, BUDGET, WORKERS);
  }

  private static boolean ascending(List<Integer> percents) {
    int last = 0;
    for (int percent : percents) {
      if (percent <= last || percent > ALL) {
        return false;
      }
      last = percent;
    }
    return last == ALL && percents.size() <= MOST_WAVES;
  }

  private static void demand(boolean good, String pointer, String accepted) {
    if (!good) {
      throw new TenantryException(
          ErrorCode.VALIDATION_FAILED,
          "The run cannot be as asked for: " + accepted + ".",
          List.of(new FieldError(pointer, "not_accepted", accepted + ".")));
    }
  }
}
