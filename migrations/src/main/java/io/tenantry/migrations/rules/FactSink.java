package io.tenantry.migrations.rules;

/** Takes facts as they are read. */
@FunctionalInterface
interface FactSink {

  /**
   * Takes one.
   *
   * @param where a token of the place that says so
   */
  void add(Fact fact, SqlToken where);
}
