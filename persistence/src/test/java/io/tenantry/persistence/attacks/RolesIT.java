package io.tenantry.persistence.attacks;

import static io.tenantry.persistence.attacks.Ground.bare;
import static io.tenantry.persistence.attacks.Ground.guarded;
import static io.tenantry.persistence.attacks.Wall.CAPABILITY;
import static io.tenantry.persistence.attacks.Wall.GRANTS;
import static io.tenantry.persistence.attacks.Wall.NONE;
import static io.tenantry.persistence.attacks.Wall.ROWS;
import static io.tenantry.persistence.attacks.Wall.SERVER;
import static io.tenantry.persistence.attacks.Wall.STATEMENT;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Becoming somebody else. */
@ExtendWith(NeighbourIsUnharmed.class)
class RolesIT {

  private static final String FOREIGN_ORDERS = "select symbol from {globex.schema}.desk_orders";
  private static final String FOREIGN_REPORTS =
      "select title from tenantry_api.research_reports where tenant_id = '{globex}'";

  @Test
  @Attack(
      tries = "Read the neighbour's schema by its name",
      stoppedBy = {GRANTS, ROWS})
  void theNeighboursSchemaIsClosed() throws Exception {
    guarded().tries(FOREIGN_ORDERS).isRefusedByTheServer("42501");
    List<String> open =
        List.of(
            "grant usage on schema {globex.schema} to {acme.role}",
            "grant select on {globex.schema}.desk_orders to {acme.role}");
    List<String> close =
        List.of(
            "revoke select on {globex.schema}.desk_orders from {acme.role}",
            "revoke usage on schema {globex.schema} from {acme.role}");
    try (AutoCloseable _ = Ground.planted(open, close)) {
      guarded().tries(FOREIGN_ORDERS).isEmpty();
      try (AutoCloseable _ =
          Ground.planted(
              List.of("alter table {globex.schema}.desk_orders disable row level security"),
              List.of("alter table {globex.schema}.desk_orders enable row level security"))) {
        guarded().tries(FOREIGN_ORDERS).tellsTheSecret();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set local role {globex.role}",
        "set role {globex.role}",
        "set local role tenantry_app",
        "set local role none",
        "reset role"
      })
  @Attack(
      tries = "`SET ROLE` to the neighbour's role, to the runtime logins' group, `RESET ROLE`",
      stoppedBy = {STATEMENT, CAPABILITY},
      leaves =
          "Past the statement check the role may be taken, since the login is a member; its rows"
              + " stay hidden, for the register says another tenant.")
  void anotherRoleSeesNoneOfItsRows(String role) {
    guarded().tries(role).isRefusedAtTheDoor();
    for (String sought : List.of(FOREIGN_ORDERS, FOREIGN_REPORTS)) {
      Outcome outcome = bare().tries(role, sought);
      if (outcome.sqlState() == null) {
        outcome.isEmpty();
      } else {
        outcome.isRefusedByTheServer("42501");
      }
    }
    bare().tries("reset role").isHarmless();
  }

  @Test
  @Attack(
      tries = "Write into the neighbour's tables after `SET ROLE`",
      stoppedBy = {STATEMENT, ROWS},
      leaves =
          "Past the statement check rows of the attacker's own tenant can be put into the"
              + " neighbour's table, where nobody sees them but a role that row security does not"
              + " bind.")
  void theNeighboursRoleChangesNoneOfItsRows() {
    String role = "set local role {globex.role}";
    bare().tries(role, "update {globex.schema}.desk_orders set symbol = 'X'").is("0");
    bare().tries(role, "delete from {globex.schema}.desk_orders").is("0");
    bare().tries(role, insert("{globex}")).isRefusedByTheServer("42501");
    bare().triesAndTakesBack(role, insert("{acme}")).is("1");
  }

  private static String insert(String tenant) {
    return "insert into {globex.schema}.desk_orders (tenant_id, id, symbol, side, order_type,"
        + " quantity) values ('"
        + tenant
        + "', gen_random_uuid(), 'X', 'BUY', 'MARKET', 1)";
  }

  @Test
  @Attack(
      tries = "Lock the neighbour out by name after `SET ROLE`: `DROP OWNED`",
      stoppedBy = {STATEMENT, SERVER})
  void theNeighboursGrantsAreNotDropped() {
    String weapon = "drop owned by {globex.role}";
    guarded().tries(weapon).isRefusedAtTheDoor();
    bare().tries(weapon).isRefusedByTheServer("42501");
    bare().tries("set local role {globex.role}", weapon).isRefusedByTheServer("42501");
  }

  @Test
  @Attack(
      tries = "Hold the neighbour up by name after `SET ROLE`: `LOCK TABLE`",
      stoppedBy = {STATEMENT, NONE},
      leaves =
          "Past the statement check LOCK TABLE holds the neighbour up until the request's"
              + " deadline.")
  void aRoleThatWasTakenLocksOnlyPastTheStatementCheck() {
    String weapon = "lock table {globex.schema}.desk_orders in access exclusive mode";
    guarded().tries(weapon).isRefusedAtTheDoor();
    bare().tries(weapon).isRefusedByTheServer("42501");
    bare().triesAndTakesBack("set local role {globex.role}", weapon).isHarmless();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set local role tenantry_owner",
        "set local role tenantry_guard",
        "set local role tenantry_control",
        "set local role tenantry_migrator",
        "set local role tenantry_backup",
        "set local role pg_read_all_data",
        "set session authorization tenantry_owner",
        "set session authorization {globex.role}"
      })
  @Attack(
      tries =
          "`SET ROLE` to owner, guard, control, migrator, backup, `pg_read_all_data`; `SET SESSION"
              + " AUTHORIZATION`",
      stoppedBy = {STATEMENT, SERVER})
  void noPrivilegedRoleIsToBeHad(String sql) {
    guarded().tries(sql).isRefusedAtTheDoor();
    bare().tries(sql).isRefusedByTheServer("42501");
    bare().tries("reset role", sql).isRefusedByTheServer("42501");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grant {globex.role} to {acme.role}",
        "grant tenantry_owner to tenantry_app_a",
        "create role planted login superuser",
        "alter role current_user superuser",
        "alter role {globex.role} login password 'x'",
        "drop role {globex.role}",
        "reassign owned by {globex.role} to {acme.role}"
      })
  @Attack(
      tries = "Make roles, change memberships and attributes, reassign what a neighbour has",
      stoppedBy = {STATEMENT, SERVER})
  void rolesAreNotTheAttackersToMake(String sql) {
    guarded().tries(sql).isRefusedAtTheDoor();
    bare().tries(sql).isRefusedByTheServer("42501");
    bare().tries("reset role", sql).isRefusedByTheServer("42501");
  }

  @Test
  @Attack(
      tries = "The runtime login changes itself: `ALTER ROLE .. PASSWORD`, `ALTER ROLE .. SET`",
      stoppedBy = {STATEMENT, NONE},
      leaves =
          "Past the statement check the login may change its own password and defaults: new"
              + " connections then fail, for every tenant. The catalog scan finds the settings; the"
              + " other login of the pair takes over from a changed password.")
  void theLoginMayHarmItselfOnlyPastTheStatementCheck() {
    for (String sql :
        List.of(
            "alter role tenantry_app_a password 'x'",
            "alter role tenantry_app_a set default_transaction_read_only = on")) {
      guarded().tries(sql).isRefusedAtTheDoor();
      bare().tries(sql).isRefusedByTheServer("42501");
      bare().triesAndTakesBack("reset role", sql).isHarmless();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop owned by tenantry_app_a",
        "alter default privileges grant select on tables to public"
      })
  @Attack(
      tries =
          "The runtime login gives up its right to connect, or changes what later objects grant:"
              + " `DROP OWNED`, `ALTER DEFAULT PRIVILEGES`",
      stoppedBy = {STATEMENT, SERVER})
  void theLoginChangesNoRights(String sql) {
    guarded().tries(sql).isRefusedAtTheDoor();
    bare().tries("reset role", sql).isRefusedByTheServer("42501");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table {acme.schema}.desk_orders disable row level security",
        "alter table {acme.schema}.desk_orders no force row level security",
        "alter table tenantry_api.research_reports owner to {acme.role}",
        "create policy open on tenantry_api.research_reports using (true)",
        "alter policy tenant_isolation on tenantry_api.research_reports using (true)",
        "drop policy tenant_isolation on tenantry_api.research_reports",
        "create trigger spy before insert on tenantry_api.research_reports"
            + " execute function tenantry_control.refuse_change()",
        "create rule spy as on select to tenantry_api.research_reports do instead select 1",
        "create index spy on tenantry_api.research_reports (title)",
        "alter schema {globex.schema} rename to planted",
        "alter function tenantry_guard.current_tenant() owner to {acme.role}",
        "create or replace function tenantry_guard.current_tenant() returns uuid language sql as"
            + " 'select null::uuid'"
      })
  @Attack(
      tries = "Change tables, policies, triggers, rules, the guard's functions",
      stoppedBy = {STATEMENT, SERVER})
  void whatIsNotOwnedIsNotChanged(String sql) {
    guarded().tries(sql).isRefusedAtTheDoor();
    bare().tries(sql).isRefusedByTheServer("42501");
    bare().tries("set local role {globex.role}", sql).isRefusedByTheServer("42501");
  }

  @Test
  @Attack(
      tries =
          "Hand on or take away rights: GRANT of what one has, REVOKE from the neighbour's role",
      stoppedBy = {STATEMENT, SERVER})
  void rightsAreNotTheTenantsToHandOn() {
    String role = "set local role {globex.role}";
    guarded().tries("grant select on {acme.schema}.desk_orders to public").isRefusedAtTheDoor();
    bare()
        .tries("grant select on {acme.schema}.desk_orders to public")
        .isRefusedByTheServer("42501");
    bare()
        .tries(role, "grant usage on schema {globex.schema} to public")
        .isRefusedByTheServer("42501");
    bare()
        .tries(role, "grant select on {globex.schema}.desk_orders to public")
        .isRefusedByTheServer("42501");
    bare()
        .tries(role, "revoke select on {globex.schema}.desk_orders from {globex.role}")
        .isRefusedByTheServer("42501");
    guarded()
        .as(Ground.GLOBEX)
        .tries("select symbol from {acme.schema}.desk_orders")
        .isRefusedByTheServer("42501");
    guarded().tries(FOREIGN_ORDERS).isRefusedByTheServer("42501");
  }
}
