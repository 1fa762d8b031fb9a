package io.tenantry.migrations.purge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.control.Operation;
import io.tenantry.control.Started;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantCertificates;
import io.tenantry.migrations.TestPlatform;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** An attacker who has the API's login to the platform's own tables, against what is certified. */
class ForgedCertificateIT {

  private static final List<String> TABLES =
      List.of("tenantry_control.purge_inventories", "tenantry_control.tenant_certificates");

  private final Purging purging = new Purging("forged_certificates");

  @AutoClose private final Connection stolen = login();

  private Connection login() {
    try {
      return purging.platform.login("tenantry_control_a");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void nobodyHasNumbersOfHisOwnSigned() throws SQLException {
    Tenant tenant = purging.retained("misstated");
    String forged = inventory(tenant, purging.purges.preview(tenant.slug(), Purging.TEST));
    refused(stolen, forged);

    // Were it not refused, the purge would sign them: it goes on with what it finds.
    purging.superuser("grant insert on " + TABLES.getFirst() + " to tenantry_control");
    try {
      TestPlatform.execute(stolen, forged);
    } finally {
      purging.superuser("revoke insert on " + TABLES.getFirst() + " from tenantry_control");
    }
    purging.ended(purging.operations.unfinished(tenant.id()).orElseThrow());
    purging.ended(purging.purge(tenant));
    assertThat(certificates().find(tenant.slug()).orElseThrow().json())
        .contains("\"removed\":[{\"place\":\"tenant.desk_orders\",\"rows\":999,\"sha256\":null}]");
  }

  @Test
  void aStepThatSomebodyElseWroteDownAsDoneIsDoneAllTheSame() throws SQLException {
    Tenant tenant = purging.retained("skipped");
    Operation purge = purging.purge(tenant);
    TestPlatform.execute(
        stolen,
        "insert into tenantry_control.operation_steps (operation_id, number, name, state,"
            + " finished_at, detail) select '"
            + purge.id()
            + "', n.number, n.name, 'SUCCEEDED', now(), 'forged' from (values (2,"
            + " 'transactions-ended'), (3, 'inventory'), (8, 'late-rows')) n (number, name)");
    purging.ended(purge);
    assertThat(certificates().find(tenant.slug()).orElseThrow().json()).contains("\"removed\":[{");
    assertThat(purging.operations.steps(purge.id()))
        .noneSatisfy(step -> assertThat(step.detail()).isEqualTo("forged"));
  }

  @Test
  void nobodyShowsACertificateForATenantThatIsThere() throws SQLException {
    Tenant tenant = purging.retained("still-there");
    Operation any = purging.purges.preview(tenant.slug(), Purging.TEST).operation();
    String forged =
        "insert into tenantry_control.tenant_certificates (tenant_id, operation_id, slug_hash,"
            + " document, algorithm, key_id, public_key, signature) values ('"
            + tenant.id()
            + "', '"
            + any.id()
            + "', encode(sha256('still-there'), 'hex'), 'forged', 'Ed25519', 'k', '', '')";
    refused(stolen, forged);
    assertThat(certificates().find(tenant.slug())).isEmpty();

    // Were it not refused, it would be what is shown.
    try (Connection superuser = purging.platform.superuser()) {
      superuser.setAutoCommit(false);
      TestPlatform.execute(
          superuser, "grant insert on " + TABLES.getLast() + " to tenantry_control");
      TestPlatform.execute(superuser, "set local role tenantry_control_a");
      TestPlatform.execute(superuser, forged);
      assertThat(
              TestPlatform.rows(
                  superuser,
                  "select convert_from(document, 'UTF8')"
                      + " from tenantry_control.tenant_certificates"))
          .contains("forged");
      superuser.rollback();
    }
    purging.ended(any);
  }

  @Test
  void nobodyReplacesOrRemovesWhatWasCertified() throws SQLException {
    Tenant tenant = purging.retained("certified");
    purging.ended(purging.purge(tenant));
    for (String table : TABLES) {
      for (String change :
          List.of(
              "update %s set created_at = now()",
              "update %s set created_at = now() where false", "delete from %s", "truncate %s")) {
        String sql = change.formatted(table);
        refused(stolen, sql);
        // The trigger refuses it to whoever has the privilege.
        try (Connection superuser = purging.platform.superuser()) {
          refused(superuser, sql);
          superuser.setAutoCommit(false);
          TestPlatform.execute(superuser, "alter table " + table + " disable trigger user");
          TestPlatform.execute(superuser, sql);
          superuser.rollback();
        }
      }
    }
    assertThat(certificates().find(tenant.slug())).isPresent();
  }

  private static String inventory(Tenant tenant, Started started) {
    return "insert into tenantry_control.purge_inventories (tenant_id, number, place, row_count,"
        + " operation_id) values ('"
        + tenant.id()
        + "', 1, 'tenant.desk_orders', 999, '"
        + started.operation().id()
        + "')";
  }

  private TenantCertificates certificates() {
    return new TenantCertificates(purging.control);
  }

  private static void refused(Connection connection, String sql) {
    assertThatThrownBy(() -> TestPlatform.execute(connection, sql))
        .as(sql)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
  }
}
