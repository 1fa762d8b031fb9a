package io.tenantry.migrations.purge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.Operation;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantCertificates;
import io.tenantry.control.certificate.PurgeItem;
import io.tenantry.credentials.Duty;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever has a tenant_id is searched, of whatever kind and type it is. */
class PurgeResidueIT {

  private static final String PLANTED =
      """
      create table tenantry_api.by_text (tenant_id text, x int);
      insert into tenantry_api.by_text values ('%id%', 1), (upper('%hex%'), 2), ('other', 3);
      create table tenantry_control.by_list (tenant_id uuid[], x int);
      insert into tenantry_control.by_list values ('{%id%}', 1);
      create materialized view tenantry_api.seen as
        select tenant_id, count(*) from tenantry_api.by_text group by tenant_id;
      create table tenantry_api.parted (tenant_id uuid, x int) partition by list (x);
      create table tenantry_api.parted_1 partition of tenantry_api.parted for values in (1);
      insert into tenantry_api.parted values ('%id%', 1);
      create foreign data wrapper nowhere;
      create server nowhere foreign data wrapper nowhere;
      create foreign table tenantry_api.far (tenant_id uuid) server nowhere;
      """;

  private static final String CLEAN =
      """
      drop foreign data wrapper nowhere cascade;
      drop table tenantry_api.parted;
      drop materialized view tenantry_api.seen;
      drop table tenantry_control.by_list;
      drop table tenantry_api.by_text;
      """;

  private final Purging purging = new Purging("purge_residue");

  @Test
  void rowsAreFoundWhateverTheTypeOfTheirTenantAndWhereverTheyAreKept() throws SQLException {
    Tenant tenant = purging.retained("everywhere");
    purging.superuser(words(PLANTED, tenant));
    try {
      Operation failed = purging.failed(purging.purge(tenant));
      assertThat(failed.errorDetail())
          .contains(
              "2 rows in tenantry_api.by_text",
              "1 rows in tenantry_control.by_list",
              "2 rows in tenantry_api.seen",
              "1 rows in tenantry_api.parted",
              "tenantry_api.far could not be searched: SQLSTATE ")
          .doesNotContain("parted_1");
      assertThat(new TenantCertificates(purging.control).find(tenant.slug())).isEmpty();
    } finally {
      purging.superuser(words(CLEAN, tenant));
    }
    purging.ended(purging.purge(tenant));
  }

  @Test
  void rowsOfThePlatformsOwnTablesAreRemovedWhateverTheTypeOfTheirTenant() throws SQLException {
    Tenant tenant = purging.retained("by-text");
    purging.superuser(
        words(
            "create table tenantry_control.notes (tenant_id text, x int);"
                + "alter table tenantry_control.notes owner to tenantry_owner;"
                + "insert into tenantry_control.notes values ('%id%', 1), ('other', 2)",
            tenant));
    try {
      purging.ended(purging.purge(tenant));
      assertThat(new TenantCertificates(purging.control).find(tenant.slug()).orElseThrow().json())
          .contains("{\"place\":\"tenantry_control.notes\",\"rows\":1,\"sha256\":\"");
    } finally {
      purging.superuser("drop table tenantry_control.notes");
    }
  }

  @Test
  void anInventoryCountsEachRowOnce() throws SQLException {
    Tenant tenant = purging.retained("counted");
    purging.superuser(words(PLANTED, tenant));
    try {
      Operation any = purging.purges.preview(tenant.slug(), Purging.TEST).operation();
      List<PurgeItem> items =
          new Inventory(purging.platform.as(Duty.BACKUP)).look(new Subject(any, tenant));
      assertThat(items)
          .extracting(PurgeItem::place)
          .doesNotHaveDuplicates()
          .contains("tenantry_api.by_text", "tenantry_api.parted")
          .doesNotContain("tenantry_api.seen", "tenantry_api.far", "tenantry_api.parted_1");
      purging.ended(any);
    } finally {
      purging.superuser(words(CLEAN, tenant));
    }
  }

  private static String words(String sql, Tenant tenant) {
    return sql.replace("%hex%", TenantNames.register(tenant.id()))
        .replace("%id%", tenant.id().toString());
  }
}
