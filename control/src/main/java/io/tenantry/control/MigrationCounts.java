package io.tenantry.control;

/** How many tenants of a run are in which state. Immutable. */
public record MigrationCounts(int pending, int succeeded, int failed, int skipped) {

  public int total() {
    return pending + succeeded + failed + skipped;
  }
}
