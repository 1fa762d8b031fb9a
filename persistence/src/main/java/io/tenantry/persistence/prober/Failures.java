package io.tenantry.persistence.prober;

import io.tenantry.persistence.connection.CheckoutException;
import io.tenantry.persistence.failure.DatabaseFailures;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.finding.EntryRefusal;
import io.tenantry.tenancy.finding.FindingCode;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * Tells failures that are findings from those that only kept somebody from looking. Stateless.
 *
 * <p>A database that is away, a pool that is full and a deadline that passed say nothing about
 * isolation. A tenant that its own capability does not let in, or that may not read its own row,
 * does: whatever it is, the walls are not as they were built.
 */
final class Failures {

  /** The server's own routine behind WITH CHECK; a missing grant comes from another. */
  private static final String REFUSED_BY_POLICY = "ExecWithCheckOptions";

  private static final Set<ErrorCode> COULD_NOT_LOOK =
      EnumSet.of(
          ErrorCode.DATABASE_UNAVAILABLE,
          ErrorCode.POOL_EXHAUSTED,
          ErrorCode.DEADLINE_EXCEEDED,
          ErrorCode.CONNECTION_LIMIT_EXCEEDED,
          ErrorCode.CONCURRENT_UPDATE);

  private Failures() {}

  /** Notes the failure as a finding, or answers why it could not be looked. */
  static Optional<String> judge(Throwable failure, Seen seen) {
    String state = sqlState(failure);
    Optional<ErrorCode> code = DatabaseFailures.translate(failure).map(TenantryException::code);
    if (code.filter(COULD_NOT_LOOK::contains).isPresent()) {
      return Optional.of(code.get().title() + ".");
    }
    if (checkout(failure).isPresent()) {
      seen.add(
          EntryRefusal.is(state) ? FindingCode.CAPABILITY_REFUSED : FindingCode.TENANT_NOT_ENTERED,
          "tenantry_guard.enter",
          "A canary's transaction could not be begun (SQLSTATE " + state + ").");
      return Optional.empty();
    }
    if (state.startsWith("42")) {
      seen.add(
          FindingCode.TENANT_NOT_ENTERED,
          "tenantry_api.api_isolation_probes",
          "A canary could not read its own row (SQLSTATE " + state + ").");
      return Optional.empty();
    }
    return Optional.of(
        state.isEmpty()
            ? failure.getClass().getSimpleName() + "."
            : "The database answered with SQLSTATE " + state + ".");
  }

  /** Whether a tenant was not let in, by its capability or its role. */
  static boolean isRefusal(Throwable failure) {
    return checkout(failure).filter(refused -> EntryRefusal.is(refused.getSQLState())).isPresent();
  }

  /** Whether the capability was over by then, which says nothing about what it was refused for. */
  static boolean isLate(Throwable failure) {
    return checkout(failure).filter(CheckoutException::isLate).isPresent();
  }

  private static Optional<CheckoutException> checkout(Throwable failure) {
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof CheckoutException refused) {
        return Optional.of(refused);
      }
    }
    return Optional.empty();
  }

  /** Whether the new row itself was refused, and not the whole statement for want of a grant. */
  static boolean refusedByPolicy(SQLException failure) {
    return failure instanceof PSQLException server
        && server.getServerErrorMessage() != null
        && REFUSED_BY_POLICY.equals(server.getServerErrorMessage().getRoutine());
  }

  /** The SQLSTATE of the innermost SQL exception that has one, empty for none. */
  static String sqlState(Throwable failure) {
    String state = "";
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql && sql.getSQLState() != null) {
        state = sql.getSQLState();
      }
    }
    return state;
  }
}
