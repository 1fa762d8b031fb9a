package io.tenantry.persistence.connection;

/**
 * What each serving connection demands at its start, so that no setting that a login or the
 * database carries ({@code ALTER ROLE .. SET}) changes what statements mean: whom they run as, how
 * literals and names are read, whether policies apply, how transactions behave. Timeouts begin at
 * none, since {@code enter} sets them for each transaction. What only a superuser may set cannot be
 * demanded here; the catalog linter finds it.
 *
 * <p>A transaction that stands idle for longer than any deadline is no request's any more. Its
 * client may be cut off, and whoever waits for transactions to end, as a purge does, would wait for
 * ever.
 */
final class PinnedParameters {

  /** For the driver's {@code options}; a space within a value is escaped. */
  static final String OPTIONS =
      String.join(
          " ",
          "-c search_path=pg_catalog",
          "-c role=none",
          "-c standard_conforming_strings=on",
          "-c transform_null_equals=off",
          "-c array_nulls=on",
          "-c row_security=on",
          "-c default_transaction_isolation=read\\ committed",
          "-c default_transaction_read_only=off",
          "-c default_transaction_deferrable=off",
          "-c statement_timeout=0",
          "-c lock_timeout=0",
          "-c idle_in_transaction_session_timeout=5min",
          "-c bytea_output=hex",
          "-c IntervalStyle=postgres",
          "-c client_min_messages=notice",
          "-c debug_print_parse=off",
          "-c debug_print_rewritten=off",
          "-c debug_print_plan=off",
          "-c log_parameter_max_length_on_error=0");

  private PinnedParameters() {}
}
