package io.tenantry.migrations.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.catalog.CatalogLinter;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.finding.Finding;
import io.tenantry.tenancy.finding.FindingCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule, by a platform that somebody has broken by hand. */
class ViolationsIT {

  @ParameterizedTest
  @MethodSource({
    "io.tenantry.migrations.catalog.RoleViolations#all",
    "io.tenantry.migrations.catalog.ObjectViolations#all"
  })
  void isFoundByTheQuickLookAndGoneWhenMended(Violation violation) throws SQLException {
    Linted.asSuperuser(violation.breaking());
    try {
      named(violation, Linted.quick());
    } finally {
      Linted.asSuperuser(violation.mend());
    }
    assertThat(Linted.quick()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.tenantry.migrations.catalog.TenantViolations#all")
  void isFoundByTheFullLookAndGoneWhenMended(Violation violation) throws SQLException {
    Linted.asSuperuser(violation.breaking());
    try {
      named(violation, Linted.full());
    } finally {
      Linted.asSuperuser(violation.mend());
    }
    assertThat(Linted.full()).isEmpty();
  }

  /** Since 17 a setting switches off what refuses DDL of the logins that serve. */
  @Test
  void aLoginThatFiresNoEventTriggersIsFound() throws SQLException {
    if (Linted.PLATFORM.postgres().majorVersion() < 17) {
      try (Connection superuser = Linted.PLATFORM.superuser()) {
        assertThat(
                TestPlatform.rows(
                    superuser, "select from pg_settings where name = 'event_triggers'"))
            .isEmpty();
      }
      return;
    }
    Violation violation =
        Violation.by(
            "alter role tenantry_control_a set event_triggers = off",
            FindingCode.ROLE_SETTING,
            "tenantry_control_a",
            "alter role tenantry_control_a reset event_triggers");
    isFoundByTheQuickLookAndGoneWhenMended(violation);
  }

  /** Between the changeset that makes a table and the one that opens it, nobody reads it. */
  @Test
  void aTableThatNobodyMayReadYetIsAWarning() throws SQLException {
    Linted.asSuperuser(
        "create table <acme>.fresh (tenant_id uuid not null);"
            + " alter table <acme>.fresh owner to tenantry_owner");
    try (Connection connection = Linted.PLATFORM.as(Duty.CONTROL).getConnection()) {
      assertThat(CatalogLinter.full(connection))
          .filteredOn(finding -> finding.object().equals(Linted.named("<acme>.fresh")))
          .extracting(Finding::code)
          .containsExactly(FindingCode.TABLE_UNFINISHED);
    } finally {
      Linted.asSuperuser("drop table <acme>.fresh");
    }
  }

  @Test
  void allThatIsWrongIsNamedAtOnce() throws SQLException {
    try (Connection superuser = Linted.PLATFORM.superuser()) {
      superuser.setAutoCommit(false);
      TestPlatform.execute(
          superuser,
          Linted.named(
              "alter role tenantry_app_a createdb;"
                  + " alter table tenantry_api.research_reports no force row level security;"
                  + " alter table <globex>.desk_orders no force row level security"));
      assertThat(CatalogLinter.full(superuser))
          .filteredOn(Finding::unsafe)
          .extracting(Finding::object)
          .containsExactly(
              "tenantry_app_a",
              "tenantry_api.research_reports",
              Linted.named("<globex>.desk_orders"));
      superuser.rollback();
    }
  }

  /** Compared with what the changesets grant, so that the linter's list cannot lag behind. */
  @Test
  void aTableThatIsWrittenOnceDoesNotBecomeMutable() throws SQLException {
    try (Connection superuser = Linted.PLATFORM.superuser()) {
      List<String> once =
          TestPlatform.rows(
              superuser,
              Linted.named(
                  "select table_name from information_schema.role_table_grants"
                      + " where grantee = 'app_<acme>' group by 1 having string_agg(privilege_type,"
                      + " ' ' order by privilege_type) = 'INSERT SELECT' order by 1"));
      assertThat(once).contains("audit_events", "desk_fills");
      for (String table : once) {
        superuser.setAutoCommit(false);
        TestPlatform.execute(
            superuser, Linted.named("grant update, delete on <acme>." + table + " to app_<acme>"));
        assertThat(CatalogLinter.full(superuser))
            .filteredOn(finding -> finding.code() == FindingCode.TABLE_GRANT)
            .as(table)
            .hasSize(1);
        superuser.rollback();
      }
    }
  }

  private static void named(Violation violation, List<Finding> findings) {
    assertThat(findings)
        .anySatisfy(
            finding -> {
              assertThat(finding.code()).isEqualTo(violation.code());
              assertThat(finding.object()).startsWith(Linted.named(violation.object()));
              assertThat(finding.detail()).isNotBlank();
            });
  }
}
