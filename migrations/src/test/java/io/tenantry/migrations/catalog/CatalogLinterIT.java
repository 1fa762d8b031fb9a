package io.tenantry.migrations.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.catalog.CatalogLinter;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.finding.Finding;
import io.tenantry.tenancy.finding.FindingCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogLinterIT {

  private static final TestPlatform PLATFORM = Linted.PLATFORM;

  @ParameterizedTest
  @ValueSource(strings = {"tenantry_control_a", "tenantry_monitor"})
  void aHealthyPlatformHasNoFindingButTheServersVersion(String login) throws SQLException {
    List<FindingCode> expected = new ArrayList<>();
    if (PLATFORM.postgres().majorVersion() < 16) {
      expected.add(FindingCode.CREATEROLE_IS_SUPERUSER);
    }
    try (Connection connection = PLATFORM.login(login)) {
      for (List<Finding> findings :
          List.of(CatalogLinter.quick(connection), CatalogLinter.full(connection))) {
        assertThat(findings)
            .filteredOn(finding -> finding.code() != FindingCode.SERVER_VULNERABLE)
            .extracting(Finding::code)
            .as(findings.toString())
            .isEqualTo(expected);
      }
      assertThat(connection.getAutoCommit()).isTrue();
      assertThat(TestPlatform.rows(connection, "show search_path"))
          .containsExactly("\"$user\", public");
    }
  }

  @Test
  void aTransactionOfTheCallersIsLookedAtFromWithin() throws SQLException {
    try (Connection superuser = PLATFORM.superuser()) {
      superuser.setAutoCommit(false);
      TestPlatform.execute(superuser, "alter role tenantry_app_a createdb");
      assertThat(CatalogLinter.quick(superuser))
          .extracting(Finding::code)
          .contains(FindingCode.ROLE_ATTRIBUTE);
      superuser.rollback();
    }
    assertThat(Linted.quick()).isEmpty();
  }

  @Test
  void aTableThatAllTenantsReadAndNobodyWritesIsNoFinding() throws SQLException {
    Linted.asSuperuser(
        "create table tenantry_api.ref_x (id int); alter table tenantry_api.ref_x owner to"
            + " tenantry_owner; grant select on tenantry_api.ref_x to tenantry_tenant,"
            + " tenantry_reader");
    try {
      assertThat(Linted.quick()).isEmpty();
    } finally {
      Linted.asSuperuser("drop table tenantry_api.ref_x");
    }
  }
}
