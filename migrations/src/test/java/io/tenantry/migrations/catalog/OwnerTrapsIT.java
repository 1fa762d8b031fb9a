package io.tenantry.migrations.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The policies bind the owner too: what that does to work on all rows, and the way it is done. */
class OwnerTrapsIT {

  private static final String REPORTS = "tenantry_api.research_reports";
  private static final String COUNT = "select count(*) from " + REPORTS;

  private final TestPlatform platform = Linted.PLATFORM;

  @BeforeEach
  void plant() throws SQLException {
    clear();
    for (TenantId tenant : List.of(Linted.ACME, Linted.GLOBEX)) {
      Linted.asSuperuser(
          "insert into %s (tenant_id, id, title, body) values ('%s', '%s', 'planted', 'x')"
              .formatted(REPORTS, tenant, UUID.randomUUID()));
    }
  }

  @AfterEach
  void clear() throws SQLException {
    Linted.asSuperuser(
        "delete from "
            + REPORTS
            + "; drop table if exists <acme>.planted; drop table if exists tenantry_demo.staging");
  }

  @Test
  void aBackfillWithoutATenantChangesNothing() throws SQLException {
    String backfill = "update " + REPORTS + " set author = 'filled'";
    try (Connection owner = owner()) {
      assertThat(changed(owner, backfill)).as("two rows are there").isZero();
      TestPlatform.enter(owner, platform.signer().sign(Linted.ACME));
      assertThat(changed(owner, backfill)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " not valid; alter table <acme>.planted validate constraint to_order"})
  void aForeignKeyAddedWithoutATenantProvesNothing(String validation) throws SQLException {
    Linted.asSuperuser(
        """
        create table <acme>.planted (tenant_id uuid not null, id uuid not null, order_id uuid not null);
        alter table <acme>.planted owner to tenantry_owner;
        alter table <acme>.planted enable row level security, force row level security;
        create policy tenant_isolation on <acme>.planted
          using (tenant_id = (select tenantry_guard.current_tenant()));
        insert into <acme>.planted values ('%s', gen_random_uuid(), gen_random_uuid())\
        """
            .formatted(Linted.ACME));
    String add =
        Linted.named(
            "alter table <acme>.planted add constraint to_order foreign key (tenant_id, order_id)"
                + " references <acme>.desk_orders (tenant_id, id)"
                + validation);
    try (Connection owner = owner()) {
      TestPlatform.execute(owner, add);
      assertThat(
              TestPlatform.rows(
                  owner, "select convalidated from pg_constraint where conname = 'to_order'"))
          .as("said to be valid, beside a row that breaks it")
          .containsExactly("t");
      owner.rollback();
      TestPlatform.execute(owner, "set local role tenantry_owner");
      TestPlatform.execute(
          owner,
          Linted.named(
              "alter table <acme>.planted no force row level security;"
                  + " alter table <acme>.desk_orders no force row level security"));
      assertThatThrownBy(() -> TestPlatform.execute(owner, add))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23503"));
    }
  }

  @Test
  void aScanForResidueSeesNothingAsOwnerAndEverythingAsBackup() throws SQLException {
    try (Connection owner = owner();
        Connection backup = platform.login("tenantry_backup")) {
      assertThat(TestPlatform.rows(owner, COUNT)).containsExactly("0");
      assertThat(TestPlatform.rows(backup, COUNT)).containsExactly("2");
    }
  }

  @Test
  void copyFromIsRefusedAndAStagingTableIsTheWay() throws SQLException {
    try (Connection owner = owner()) {
      assertThatThrownBy(() -> TestPlatform.execute(owner, "copy " + REPORTS + " from stdin"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0A000"));
      owner.rollback();
      TestPlatform.execute(owner, "set local role tenantry_owner");
      TestPlatform.execute(
          owner, "create table tenantry_demo.staging (of_tenant uuid, title text)");
      TestPlatform.execute(
          owner,
          "insert into tenantry_demo.staging values ('%s', 'loaded'), ('%s', 'loaded')"
              .formatted(Linted.ACME, Linted.GLOBEX));
      TestPlatform.enter(owner, platform.signer().sign(Linted.ACME));
      String load =
          "insert into "
              + REPORTS
              + " (tenant_id, id, title, body) select of_tenant, gen_random_uuid(), title, ''"
              + " from tenantry_demo.staging";
      assertThat(changed(owner, load + " where of_tenant = '" + Linted.ACME + "'")).isEqualTo(1);
      assertThatThrownBy(() -> TestPlatform.execute(owner, load))
          .as("a row of another tenant among them")
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
  }

  /** Nobody else ever sees the table without FORCE: it is locked until it has it again. */
  @Test
  void workOnAllRowsTakesForceAwayAndGivesItBackInOneTransaction() throws SQLException {
    try (Connection owner = owner()) {
      TestPlatform.execute(owner, "alter table " + REPORTS + " no force row level security");
      assertThat(changed(owner, "update " + REPORTS + " set author = 'filled'")).isEqualTo(2);
      assertThatThrownBy(Linted::quick)
          .as("waits for the lock, but not for long")
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55P03"));
      TestPlatform.execute(owner, "alter table " + REPORTS + " force row level security");
      owner.commit();
    }
    assertThat(Linted.quick()).isEmpty();
    try (Connection superuser = platform.superuser()) {
      assertThat(TestPlatform.rows(superuser, COUNT + " where author = 'filled'"))
          .containsExactly("2");
    }
  }

  private Connection owner() throws SQLException {
    Connection connection = platform.login("tenantry_migrator");
    connection.setAutoCommit(false);
    TestPlatform.execute(connection, "set local role tenantry_owner");
    return connection;
  }

  private static int changed(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }
}
