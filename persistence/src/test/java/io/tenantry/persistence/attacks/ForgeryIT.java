package io.tenantry.persistence.attacks;

import static io.tenantry.persistence.attacks.Ground.bare;
import static io.tenantry.persistence.attacks.Ground.guarded;
import static io.tenantry.persistence.attacks.Wall.CAPABILITY;
import static io.tenantry.persistence.attacks.Wall.REVOKES;
import static io.tenantry.persistence.attacks.Wall.ROWS;
import static io.tenantry.persistence.attacks.Wall.SERVER;
import static io.tenantry.persistence.attacks.Wall.STATEMENT;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Saying another tenant than the one that was entered. */
@ExtendWith(NeighbourIsUnharmed.class)
class ForgeryIT {

  private static final String FOREIGN =
      "select title from tenantry_api.research_reports where tenant_id = '{globex}'";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select set_config('app.tenant_id', '{globex}', true), title from"
            + " tenantry_api.research_reports",
        "select set_config('backtrace_functions', '{globex.hex}', true)",
        "select pg_catalog.set_config('role', '{globex.role}', true)",
        "select 1, '' union all select 2, set_config('app.tenant_id', '{globex}', true)",
        "with forged as materialized (select set_config('app.tenant_id', '{globex}', true))"
            + " select title from forged, tenantry_api.research_reports",
        "select title from (values (1)) v,"
            + " lateral (select set_config('app.tenant_id', '{globex}', true)) f,"
            + " tenantry_api.research_reports",
        "select 1 where set_config('app.tenant_id', '{globex}', true) is not null",
        "values (set_config('app.tenant_id', '{globex}', true))",
        "update pg_catalog.pg_settings set setting = '{globex}' where name = 'app.tenant_id'",
        "update pg_catalog.pg_settings set setting = '{globex.hex}' where name ="
            + " 'backtrace_functions'"
      })
  @Attack(
      tries =
          "Change the tenant inside one SELECT: `set_config` plain, in UNION, CTE, LATERAL, WHERE,"
              + " VALUES; `UPDATE pg_settings`",
      stoppedBy = {REVOKES, CAPABILITY})
  void noSelectSetsTheTenant(String sql) {
    guarded().tries(sql).isRefusedByTheServer("42501");
  }

  @Test
  @Attack(
      tries = "`set_config` where somebody has given it back to everybody",
      stoppedBy = {CAPABILITY, ROWS})
  void withSetConfigGivenBackTheRegisterStillHolds() throws Exception {
    try (AutoCloseable _ =
        Ground.planted(
            List.of("grant execute on function pg_catalog.set_config to public"),
            List.of("revoke execute on function pg_catalog.set_config from public"))) {
      guarded().tries("select set_config('app.tenant_id', '{globex}', true)", FOREIGN).isEmpty();
      guarded()
          .tries("select set_config('backtrace_functions', '{globex.hex}', true)")
          .isRefusedByTheServer("42501");
      // The register alone is what holds: were it anybody's to write, the rows would be seen.
      try (AutoCloseable _ =
          Ground.planted(
              List.of("grant set on parameter backtrace_functions to public"),
              List.of("revoke set on parameter backtrace_functions from public"))) {
        guarded()
            .tries(
                "select set_config('app.tenant_id', '{globex}', true),"
                    + " set_config('backtrace_functions', '{globex.hex}', true)",
                FOREIGN)
            .tellsTheSecret();
      }
    }
  }

  @Test
  @Attack(tries = "Hide `set_config` in the text that `query_to_xml` runs", stoppedBy = REVOKES)
  void noTextRunByAnXmlFunctionSetsTheTenant() {
    guarded()
        .tries(
            "select query_to_xml('select set_config(''app.tenant_id'', ''{globex}'', true)',"
                + " true, true, '')")
        .isRefusedByTheServer("42501");
  }

  @Test
  @Attack(
      tries = "`SET LOCAL app.tenant_id`, `SET SESSION app.tenant_id`",
      stoppedBy = {STATEMENT, CAPABILITY},
      leaves = "The attacker's own rows are hidden too, until the transaction ends.")
  void sayingAnotherTenantHidesEverything() {
    guarded().tries("set local app.tenant_id = '{globex}'").isRefusedAtTheDoor();
    bare().tries("set local app.tenant_id = '{globex}'", FOREIGN).isEmpty();
    bare()
        .tries(
            "set local app.tenant_id = '{globex}'",
            "select title from tenantry_api.research_reports")
        .isEmpty();
    // Said for the session, it is overwritten by whoever enters next.
    bare().tries("set session app.tenant_id = '{globex}'", FOREIGN).isEmpty();
    bare().tries("select title from tenantry_api.research_reports").is("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set backtrace_functions = '{globex.hex}'",
        "set local backtrace_functions = '{globex.hex}'",
        "reset backtrace_functions",
        "alter role current_user set backtrace_functions = '{globex.hex}'",
        "alter role tenantry_app_a set backtrace_functions = '{globex.hex}'",
        "alter database attacks set backtrace_functions = '{globex.hex}'",
        "alter system set backtrace_functions = '{globex.hex}'",
        "grant set on parameter backtrace_functions to {acme.role}"
      })
  @Attack(
      tries =
          "Write the register `backtrace_functions`: SET, RESET, ALTER ROLE, DATABASE, SYSTEM,"
              + " GRANT SET",
      stoppedBy = {STATEMENT, CAPABILITY})
  void nobodyWritesTheRegister(String sql) {
    guarded().tries(sql).isRefusedAtTheDoor();
    // ALTER SYSTEM cannot run inside a transaction, and says so first.
    bare().tries(sql).isRefusedByTheServer("42501", "25001");
    bare().tries("reset role", sql).isRefusedByTheServer("42501", "25001");
  }

  @Test
  @Attack(
      tries = "`SET row_security = off`, `SET session_replication_role = replica`",
      stoppedBy = {STATEMENT, SERVER})
  void switchingRowSecurityOffIsAnErrorAndNoWayAroundIt() {
    guarded().tries("set local row_security = off").isRefusedAtTheDoor();
    bare().tries("set local row_security = off", FOREIGN).isRefusedByTheServer("42501");
    bare().tries("set local session_replication_role = replica").isRefusedByTheServer("42501");
  }

  @Test
  @Attack(
      tries =
          "`RESET ALL`, `SET backtrace_functions TO DEFAULT`: leave the tenant to enter another",
      stoppedBy = {STATEMENT, CAPABILITY},
      leaves =
          "Past the statement check RESET ALL leaves the tenant, its rows and its timeouts until"
              + " the transaction ends.")
  void leavingTheTenantLeavesItsRowsToo() {
    guarded().tries("reset all").isRefusedAtTheDoor();
    bare().tries("reset all", "select title from tenantry_api.research_reports").isEmpty();
    bare().tries("reset all", "set local app.tenant_id = '{globex}'", FOREIGN).isEmpty();
  }
}
