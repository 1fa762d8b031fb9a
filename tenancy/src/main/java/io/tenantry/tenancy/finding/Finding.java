package io.tenantry.tenancy.finding;

/**
 * One thing that is not as isolation needs it.
 *
 * @param object what it is about, as SQL names it: a role, a table, a function
 * @param detail what is wrong with it and what is expected; never a secret or a tenant's value
 */
public record Finding(FindingCode code, String object, String detail) {

  /** Whether nothing may be served while this is so. */
  public boolean unsafe() {
    return code.unsafe();
  }

  @Override
  public String toString() {
    return code.id() + " " + object + ": " + detail + " " + code.hint();
  }
}
