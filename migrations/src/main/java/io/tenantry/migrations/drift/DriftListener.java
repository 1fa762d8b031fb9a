package io.tenantry.migrations.drift;

/** Is told how far a check has come. Called by several threads, one at a time; must not block. */
@FunctionalInterface
public interface DriftListener {

  /** Tells nobody. */
  DriftListener NONE = (done, all) -> {};

  /**
   * Some more schemas were looked at.
   *
   * @param done how many were, so far
   * @param all how many there are
   */
  void checked(int done, int all);
}
