package io.tenantry.control.catalog;

import static io.tenantry.tenancy.finding.FindingCode.CREATEROLE_IS_SUPERUSER;
import static io.tenantry.tenancy.finding.FindingCode.SERVER_TOO_OLD;
import static io.tenantry.tenancy.finding.FindingCode.SERVER_VULNERABLE;

import io.tenantry.tenancy.finding.FindingCode;
import java.util.List;

/** The server's version. */
final class ServerRules {

  private static final String VERSION =
      "(select pg_catalog.current_setting('server_version_num')::int) v (num)";

  private ServerRules() {}

  static List<Rule> quick() {
    return List.of(
        rule(SERVER_TOO_OLD, "v.num < 150000"),
        rule(CREATEROLE_IS_SUPERUSER, "v.num < 160000"),
        rule(
            SERVER_VULNERABLE,
            """
            v.num between 150000 and 150019 or v.num between 160000 and 160015
              or v.num between 170000 and 170011 or v.num between 180000 and 180006\
            """));
  }

  private static Rule rule(FindingCode code, String condition) {
    return new Rule(
        code,
        "select 'server', 'It is PostgreSQL ' || pg_catalog.current_setting('server_version') ||"
            + " '.' from "
            + VERSION
            + " where "
            + condition);
  }
}
