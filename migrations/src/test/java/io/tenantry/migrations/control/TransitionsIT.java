package io.tenantry.migrations.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.By;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantSpec;
import io.tenantry.control.TenantStore;
import io.tenantry.control.certificate.PurgeCertificate;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TransitionsIT {

  private final TestPlatform platform = TestPlatform.installed("transitions");
  private final Tenant tenant =
      new TenantStore(platform.as(Duty.CONTROL), Duration.ZERO)
          .put(TenantSpec.of(new TenantSlug("moved"), "Moved"), null, false, By.worker("test"))
          .tenant();

  @Test
  void theDatabaseHoldsTheSameTableAsJava() throws SQLException {
    List<String> java = new ArrayList<>();
    for (TenantState from : TenantState.values()) {
      for (TenantState to : from.successors()) {
        java.add(from + "|" + to);
      }
    }
    try (Connection superuser = platform.superuser()) {
      assertThat(
              TestPlatform.rows(
                  superuser,
                  "select from_state, to_state from tenantry_control.tenant_transitions"))
          .containsExactlyInAnyOrderElementsOf(java);
    }
  }

  @Test
  void theTriggerLetsThroughExactlyThesePairs() throws SQLException {
    try (Connection superuser = platform.superuser();
        Connection control = platform.login("tenantry_control_a")) {
      for (TenantState from : TenantState.values()) {
        for (TenantState to : TenantState.values()) {
          if (from == to) {
            continue;
          }
          TestPlatform.execute(
              superuser,
              "begin; alter table tenantry_control.tenants disable trigger tenants_before_change; "
                  + set(from)
                  // What undelete brings back is the trigger's business too.
                  + (from == TenantState.RETAINED ? had(to) : "")
                  + "; alter table tenantry_control.tenants enable trigger tenants_before_change;"
                  + " commit");
          assertThat(state(control, set(to)))
              .as(from + " to " + to)
              .isEqualTo(from.mayBecome(to) ? "00000" : "23514");
        }
      }
    }
  }

  /** The tenant of a walk, and what Java knows of it that is not in the table of successors. */
  private record Walker(UUID id, TenantState state, TenantState before) {

    boolean mayBecome(TenantState next) {
      if (state == TenantState.RETAINED && next != TenantState.PURGED) {
        boolean whole = before == TenantState.ACTIVE || before == TenantState.SUSPENDED;
        return next == (whole ? before : TenantState.FAILED);
      }
      return state.mayBecome(next);
    }

    Walker become(TenantState next) {
      return new Walker(id, next, next == TenantState.OFFBOARDING ? state : before);
    }
  }

  @Test
  void randomWalksEndTheSameInJavaAndInTheDatabase() throws SQLException {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    TenantState[] states = TenantState.values();
    try (Connection control = platform.login("tenantry_control_a")) {
      for (int walk = 0; walk < 20; walk++) {
        UUID id = inserted(control, "walk-" + walk);
        Walker walker = new Walker(id, TenantState.PENDING, TenantState.PENDING);
        for (int step = 0; step < 40; step++) {
          // Mostly where it may go, or no walk would come far.
          List<TenantState> open = Stream.of(states).filter(walker::mayBecome).toList();
          boolean blind = open.isEmpty() || random.nextInt(3) == 0;
          TenantState next =
              blind ? states[random.nextInt(states.length)] : open.get(random.nextInt(open.size()));
          if (next == walker.state()) {
            continue;
          }
          boolean allowed = walker.mayBecome(next);
          assertThat(state(control, update(id, "state = '" + next + "'")))
              .as("seed %s, walk %s, step %s: %s to %s", seed, walk, step, walker, next)
              .isEqualTo(allowed ? "00000" : "23514");
          walker = allowed ? walker.become(next) : walker;
        }
        assertThat(
                TestPlatform.rows(
                    control, "select state from tenantry_control.tenants where id = '" + id + "'"))
            .as("seed %s", seed)
            .containsExactly(walker.state().name());
      }
    }
  }

  @Test
  void aTombstoneKeepsNothingThatTellsWhoseItWasAndNeverChanges() throws SQLException {
    try (Connection control = platform.login("tenantry_control_a")) {
      UUID id = inserted(control, "secretive");
      TestPlatform.execute(
          control,
          update(
              id,
              "display_name = 'Secretive Inc', tier = 'gold', labels = '{\"owner\":\"Jane\"}',"
                  + " burst = 1, requests_per_second = 1, max_connections = 1"));
      for (TenantState next :
          List.of(TenantState.OFFBOARDING, TenantState.RETAINED, TenantState.PURGED)) {
        TestPlatform.execute(control, update(id, "state = '" + next + "'"));
      }
      String text =
          TestPlatform.rows(
                  control,
                  "select to_jsonb(t)::text from tenantry_control.tenants t where id = '"
                      + id
                      + "'")
              .getFirst();
      assertThat(text)
          .contains("purged-" + id.toString().replace("-", ""))
          .contains(PurgeCertificate.hash("secretive"))
          .doesNotContain("ecretive\"", "Secretive", "Jane", "gold");
      assertThat(state(control, update(id, "tier = 'new'"))).isEqualTo("23514");
    }
  }

  @Test
  void theDatabaseRefusesToPurgeWhatIsHeldAndToBringBackWhatIsBeingPurged() throws SQLException {
    try (Connection control = platform.login("tenantry_control_a")) {
      UUID id = inserted(control, "heldfast");
      TestPlatform.execute(control, update(id, "state = 'OFFBOARDING'"));
      TestPlatform.execute(control, update(id, "state = 'RETAINED'"));
      TestPlatform.execute(
          control, update(id, "hold_reason = 'case', hold_by = 'test', hold_since = now()"));
      assertThat(state(control, update(id, "state = 'PURGED'"))).isEqualTo("23514");
      TestPlatform.execute(
          control,
          update(
              id, "hold_reason = null, hold_by = null, hold_since = null, purge_begun_at = now()"));
      assertThat(state(control, update(id, "state = 'FAILED'"))).isEqualTo("23514");
      assertThat(state(control, update(id, "state = 'PURGED'"))).isEqualTo("00000");
    }
  }

  @Test
  void theDatabaseKeepsCanariesInService() throws SQLException {
    // Apart from walks that ended ACTIVE: they have no schema, and would be the canaries'
    // neighbours.
    TestPlatform apart = TestPlatform.installed("transitions_of_canaries");
    apart.provisioner().provisionCanaries();
    try (Connection control = apart.login("tenantry_control_a")) {
      for (TenantState next :
          List.of(TenantState.SUSPENDED, TenantState.RESTORING, TenantState.OFFBOARDING)) {
        assertThat(
                state(
                    control,
                    "update tenantry_control.tenants set state = '"
                        + next
                        + "' where slug = 'canary-a'"))
            .as("%s", next)
            .isEqualTo("23514");
      }
    }
  }

  @Test
  void aTenantBeginsPendingAndKeepsItsIdAndSlug() throws SQLException {
    try (Connection control = platform.login("tenantry_control_a")) {
      assertThat(
              state(
                  control,
                  "insert into tenantry_control.tenants (id, slug, display_name, state)"
                      + " values (gen_random_uuid(), 'early', 'Early', 'ACTIVE')"))
          .isEqualTo("23514");
      assertThat(state(control, "update tenantry_control.tenants set slug = 'other'"))
          .isEqualTo("23514");
      assertThat(state(control, "update tenantry_control.tenants set id = gen_random_uuid()"))
          .isEqualTo("23514");
      assertThat(
              state(
                  control,
                  "insert into tenantry_control.tenants (id, slug, display_name)"
                      + " values ('ffffffff-ffff-4fff-bfff-ffffffffffff', 'reserved', 'Reserved')"))
          .isEqualTo("23514");
    }
  }

  @Test
  void nobodyChangesTheAudit() throws SQLException {
    try (Connection superuser = platform.superuser()) {
      for (String sql : List.of("update %s set actor = ''", "delete from %s", "truncate %s")) {
        assertThat(state(superuser, sql.replace("%s", "tenantry_control.audit_events")))
            .isEqualTo("42501");
      }
    }
  }

  private String had(TenantState state) {
    TenantState before = state == TenantState.FAILED ? TenantState.PENDING : state;
    return "; update tenantry_control.tenants set state_before_offboarding = '"
        + before
        + "' where id = '"
        + tenant.id()
        + "'";
  }

  private String set(TenantState state) {
    return "update tenantry_control.tenants set state = '"
        + state
        + "' where id = '"
        + tenant.id()
        + "'";
  }

  /** A new tenant's id. */
  private static UUID inserted(Connection connection, String slug) throws SQLException {
    UUID id = UUID.randomUUID();
    TestPlatform.execute(
        connection,
        "insert into tenantry_control.tenants (id, slug, display_name) values ('%s', '%s', 'New')"
            .formatted(id, slug));
    return id;
  }

  private static String update(UUID id, String what) {
    return "update tenantry_control.tenants set " + what + " where id = '" + id + "'";
  }

  private static String state(Connection connection, String sql) {
    try {
      TestPlatform.execute(connection, sql);
      return "00000";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }
}
