package io.tenantry.migrations.catalog;

import static io.tenantry.migrations.catalog.Violation.by;
import static io.tenantry.tenancy.finding.FindingCode.ROLE_SETTING_OTHER;
import static io.tenantry.tenancy.finding.FindingCode.TENANT_ORPHANED;
import static io.tenantry.tenancy.finding.FindingCode.TENANT_UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.catalog.CatalogLinter;
import io.tenantry.credentials.Duty;
import io.tenantry.tenancy.finding.Finding;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What opens nothing to anybody is told, and stops no tenant. */
class WarningsIT {

  /** Who made a tenant's memberships takes them away: since 16 nobody else's count. */
  static Stream<Violation> harmless() {
    return Stream.of(
        by(
            "alter database linted set log_min_duration_statement = 1000",
            ROLE_SETTING_OTHER,
            "linted",
            "alter database linted reset log_min_duration_statement"),
        by(
            "alter role tenantry_backup set statement_timeout = 0",
            ROLE_SETTING_OTHER,
            "tenantry_backup",
            "alter role tenantry_backup reset statement_timeout"),
        by(
            "set role tenantry_migrator; revoke tenantry_tenant from app_<acme>",
            TENANT_UNREACHABLE,
            "app_<acme>",
            "set role tenantry_migrator; grant tenantry_tenant to app_<acme>"),
        by(
            "set role tenantry_migrator; revoke app_<acme> from tenantry_app",
            TENANT_UNREACHABLE,
            "tenantry_app",
            "set role tenantry_migrator; grant app_<acme> to tenantry_app"),
        by(
            "alter role app_<acme> noinherit",
            TENANT_UNREACHABLE,
            "app_<acme>",
            "alter role app_<acme> inherit"),
        by(
            "create schema tenant_0123456789abcdef0123456789abcdef authorization tenantry_owner",
            TENANT_UNREACHABLE,
            "app_tenant_0123456789abcdef0123456789abcdef",
            "drop schema tenant_0123456789abcdef0123456789abcdef"),
        by(
            "create schema tenant_0123456789abcdef0123456789abcdef authorization tenantry_owner",
            TENANT_ORPHANED,
            "tenant_0123456789abcdef0123456789abcdef",
            "drop schema tenant_0123456789abcdef0123456789abcdef"));
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void isAWarningAndGoneWhenMended(Violation violation) throws SQLException {
    assertThat(warnings(violation)).isEmpty();
    Linted.asSuperuser(violation.breaking());
    try {
      assertThat(warnings(violation))
          .extracting(Finding::object)
          .containsExactly(Linted.named(violation.object()));
      assertThat(Linted.full()).isEmpty();
    } finally {
      Linted.asSuperuser(violation.mend());
    }
    assertThat(warnings(violation)).isEmpty();
  }

  private static List<Finding> warnings(Violation violation) throws SQLException {
    try (Connection connection = Linted.PLATFORM.as(Duty.CONTROL).getConnection()) {
      return CatalogLinter.full(connection).stream()
          .filter(finding -> finding.code() == violation.code())
          .toList();
    }
  }
}
