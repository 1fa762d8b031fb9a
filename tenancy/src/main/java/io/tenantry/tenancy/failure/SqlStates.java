package io.tenantry.tenancy.failure;

import io.tenantry.tenancy.error.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one table of SQLSTATEs (PostgreSQL documentation, appendix A) and what they mean to a caller.
 * What is not in it is a bug of ours. Stateless.
 */
public final class SqlStates {

  public static final String UNIQUE_VIOLATION = "23505";

  /** What a missing grant, a policy and the guard all answer. */
  public static final String INSUFFICIENT_PRIVILEGE = "42501";

  private SqlStates() {}

  /**
   * What the state means to a caller, empty when it should not have come up.
   *
   * @param state five characters, though any text is taken
   */
  public static Optional<ErrorCode> code(String state) {
    ErrorCode code =
        switch (state) {
          // query_canceled (the statement's own timeout, which is what is left of the deadline),
          // idle_in_transaction_session_timeout, transaction_timeout
          case "57014", "25P03", "25P04" -> ErrorCode.DEADLINE_EXCEEDED;
          // serialization_failure, deadlock_detected, lock_not_available
          case "40001", "40P01", "55P03" -> ErrorCode.CONCURRENT_UPDATE;
          // statement_completion_unknown; admin_shutdown, crash_shutdown, cannot_connect_now,
          // database_dropped, idle_session_timeout; io_error of the server's disk
          case "40003", "57P01", "57P02", "57P03", "57P04", "57P05", "58030" ->
              ErrorCode.DATABASE_UNAVAILABLE;
          default -> byClass(state);
        };
    return Optional.ofNullable(code);
  }

  /**
   * A name for states after which the same transaction may succeed. A lock that was not to be had
   * is not among them: its time is over already.
   */
  public static Optional<String> passing(String state) {
    return switch (state) {
      case "40001" -> Optional.of("serialization");
      case "40P01" -> Optional.of("deadlock");
      default -> Optional.empty();
    };
  }

  private static @Nullable ErrorCode byClass(String state) {
    return switch (state.substring(0, Math.min(2, state.length()))) {
      // connection_exception; invalid_authorization (a login in rotation); insufficient_resources
      case "08", "28", "53" -> ErrorCode.DATABASE_UNAVAILABLE;
      default -> null;
    };
  }
}
