package io.tenantry.migrations.purge;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.tenantry.control.Tenant;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.migrations.provisioning.PreparedPool;
import io.tenantry.migrations.provisioning.StepPool;
import io.tenantry.migrations.schema.SchemaConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** One connection of each login carries a tenant from its first step to its purge. */
class StepPoolIT {

  private static final TestPlatform PLATFORM = TestPlatform.installed("step_pool");
  private static final HikariDataSource DDL = StepPool.of("ddl", PLATFORM.as(Duty.MIGRATE), 1);
  private static final HikariDataSource PROOF = StepPool.of("proof", PLATFORM.as(Duty.APP), 1);
  private static final Duration LEASE = Duration.ofSeconds(30);

  private static final String LEFT =
      """
      select 'setting ' || name || ' = ' || setting from pg_settings where source = 'session'
      union all select 'role ' || current_user where current_user <> session_user
      union all select 'cursor ' || name from pg_cursors where name <> ''
      union all select 'table ' || relname from pg_class where relpersistence = 't'
      union all select 'transaction' where pg_current_xact_id_if_assigned() is not null
      order by 1
      """;

  private final Purging purging =
      new Purging(
          "step_pool",
          platform ->
              PlatformSetup.provisioner(
                  platform.as(Duty.CONTROL),
                  duty ->
                      switch (duty) {
                        case MIGRATE -> DDL;
                        case APP -> PROOF;
                        default -> platform.as(duty);
                      },
                  platform.signer(),
                  platform.credentials(),
                  LEASE,
                  Duration.ZERO,
                  Duration.ofMinutes(1)));

  @AfterAll
  static void close() {
    PROOF.close();
    DDL.close();
  }

  @Test
  void noStepLeavesAnythingOnItsConnection() throws SQLException {
    List<String> ddl = left(DDL);
    List<String> proof = left(PROOF);
    try (Connection dirty = DDL.getConnection()) {
      TestPlatform.execute(dirty, "select pg_advisory_lock(1); set role tenantry_owner");
      assertThat(left(dirty)).contains("role tenantry_owner", "lock 1");
      TestPlatform.execute(dirty, "reset role; select pg_advisory_unlock(1)");
    }

    Tenant tenant = purging.provisioner.provisionNow("pooled", "Pooled");
    PreparedPool ahead =
        new PreparedPool(PLATFORM.as(Duty.CONTROL), DDL, PROOF, PLATFORM.signer(), 1, LEASE);
    assertThat(ahead.refill()).isEqualTo(1);
    assertThat(left(DDL)).isEqualTo(ddl);
    assertThat(left(PROOF)).isEqualTo(proof);

    purging.ended(purging.purge(purging.retired(tenant, purging.provisioner)));
    assertThat(left(DDL)).isEqualTo(ddl);
    assertThat(left(PROOF)).isEqualTo(proof);
  }

  @Test
  void aTransactionThatATextLeftOpenEndsWithItsUse() throws Exception {
    try (SchemaConnection open = SchemaConnection.open(DDL)) {
      open.send("begin; set local role tenantry_owner; select pg_current_xact_id()");
    }
    assertThat(left(DDL)).noneMatch(one -> one.startsWith("role") || one.equals("transaction"));
  }

  private static List<String> left(HikariDataSource pool) throws SQLException {
    // What is set for each use of it, to what it is anyway.
    try (SchemaConnection opened = SchemaConnection.open(pool)) {
      assertThat(opened.broken()).isFalse();
    }
    try (Connection connection = pool.getConnection()) {
      return left(connection);
    }
  }

  private static List<String> left(Connection connection) throws SQLException {
    List<String> left = new ArrayList<>(TestPlatform.rows(connection, LEFT));
    String session = TestPlatform.rows(connection, "select pg_backend_pid()").getFirst();
    try (Connection superuser = PLATFORM.superuser()) {
      left.addAll(
          TestPlatform.rows(
              superuser,
              "select 'lock ' || objid from pg_locks where locktype = 'advisory' and pid = "
                  + session));
    }
    return left;
  }
}
