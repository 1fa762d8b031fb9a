package io.tenantry.tenancy.finding;

import io.tenantry.tenancy.failure.SqlStates;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What it means that the database lets a runtime login into no tenant. Stateless. */
public final class EntryRefusal {

  /** The guard's own word, and what SET ROLE answers for a role that is not there. */
  private static final Set<String> STATES = Set.of(SqlStates.INSUFFICIENT_PRIVILEGE, "22023");

  private EntryRefusal() {}

  /**
   * Whether a tenant could not be entered because it was refused; any other failure says nothing
   * about keys.
   *
   * @param state the SQLSTATE of the failure
   */
  public static boolean is(@Nullable String state) {
    return state != null && STATES.contains(state);
  }

  /** What to say when nobody is let in; a capability that was late says nothing. */
  public static Finding finding(@Nullable String state) {
    return new Finding(
        FindingCode.CAPABILITY_REFUSED,
        "tenantry_guard.enter",
        "A runtime login was not let into a tenant (SQLSTATE "
            + state
            + "). The key here has to be one of the database's, and capabilities live for 5 s"
            + " by its clock.");
  }
}
