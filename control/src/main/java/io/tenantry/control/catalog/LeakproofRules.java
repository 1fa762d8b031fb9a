package io.tenantry.control.catalog;

import static io.tenantry.tenancy.finding.FindingCode.FUNCTION_LEAKPROOF;
import static io.tenantry.tenancy.finding.FindingCode.FUNCTION_LEAKPROOF_UNKNOWN;

import java.util.List;

/**
 * A function that counts as leakproof is given rows before their policy has decided on them. So
 * only those may count that came with the server so.
 */
final class LeakproofRules {

  /** By signature, as a fresh server of version 15 or 18 has them. */
  private static final List<String> FRESH = FunctionRules.lines("leakproof-functions.txt");

  private static final String OTHERS =
      """
      select p.oid::pg_catalog.regprocedure::text, 'It is leakproof.'
      from pg_catalog.pg_proc p
      where p.proleakproof and (p.oid >= 16384 or p.oid::pg_catalog.regprocedure::text <> all (?::text[]))
        and (p.oid >= 16384
          or pg_catalog.current_setting('server_version_num')::int / 10000 in (15, 18)) is :sure
      order by 1
      """;

  private LeakproofRules() {}

  static List<Rule> quick() {
    return List.of(
        new Rule(FUNCTION_LEAKPROOF, OTHERS.replace(":sure", "true"), FRESH),
        new Rule(FUNCTION_LEAKPROOF_UNKNOWN, OTHERS.replace(":sure", "false"), FRESH));
  }
}
