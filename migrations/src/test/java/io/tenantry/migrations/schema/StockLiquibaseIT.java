package io.tenantry.migrations.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.credentials.Duty;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.migrations.changelog.TenantMigration;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.junit.jupiter.api.Test;

/** Whoever points stock Liquibase at a tenant of ours finds what it would have left itself. */
class StockLiquibaseIT {

  private static final String TREE = "db/tenant.xml";
  private static final String HISTORY =
      """
      select id, author, filename, orderexecuted, exectype, md5sum, description, comments, tag,
        liquibase, contexts, labels, length(deployment_id)
      from %s.databasechangelog order by orderexecuted
      """;
  private static final String COLUMNS =
      """
      select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
        pg_get_userbyid(c.relowner)
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
      where c.relnamespace = '%s'::regnamespace order by 1, a.attnum
      """;

  private final TestPlatform platform = TestPlatform.installed("stock");
  private final ClassLoaderResourceAccessor files = new ClassLoaderResourceAccessor();

  @Test
  void oursLooksToItAsItsOwnDoesAndItFindsNothingToDo() throws Exception {
    TenantId ours = tenant("ours");
    TenantId stocks = tenant("stocks");
    new TenantMigration(platform.as(Duty.MIGRATE), platform.signer()).create(ours);
    StockLiquibase.update(platform, stocks, TREE, files);

    assertThat(StockLiquibase.pending(platform, ours, TREE, files)).isEmpty();
    assertThat(rows(HISTORY, ours)).isEqualTo(rows(HISTORY, stocks)).hasSizeGreaterThan(10);
    assertThat(rows(COLUMNS, ours)).isEqualTo(rows(COLUMNS, stocks)).hasSizeGreaterThan(50);
    assertThat(StockLiquibase.ran(platform, ours, TREE, files))
        .isEqualTo(StockLiquibase.ran(platform, stocks, TREE, files));
    assertThat(rows("select * from %s.databasechangeloglock", ours))
        .isEqualTo(rows("select * from %s.databasechangeloglock", stocks));
  }

  @Test
  void whatItMadeAloneIsTakenUpByUs() throws Exception {
    TenantId tenant = tenant("made-by-stock");
    StockLiquibase.update(platform, tenant, TREE, files);
    List<String> before = rows(HISTORY, tenant);

    new TenantMigration(platform.as(Duty.MIGRATE), platform.signer()).create(tenant);

    assertThat(rows(HISTORY, tenant)).isEqualTo(before);
    assertThat(
            rows(
                "select version from tenantry_control.tenant_schemas where '%s' = 'tenant_' ||"
                    + " replace(tenant_id::text, '-', '')",
                tenant))
        .singleElement()
        .asString()
        .startsWith("access-tenant-");
  }

  /** A test that could not fail would show nothing: what is missing has to be seen. */
  @Test
  void itSeesWhatOursWouldHaveLeftOut() throws Exception {
    TenantId tenant = tenant("left-out");
    new TenantMigration(platform.as(Duty.MIGRATE), platform.signer()).create(tenant);
    try (Connection superuser = platform.superuser()) {
      TestPlatform.execute(
          superuser,
          "delete from "
              + TenantNames.schema(tenant)
              + ".databasechangelog where id = 'tenant-0006-indexes-of-filters'");
    }

    assertThat(StockLiquibase.pending(platform, tenant, TREE, files))
        .containsExactly("tenant-0006-indexes-of-filters");
  }

  private TenantId tenant(String seed) throws SQLException {
    TenantId tenant =
        new TenantId(
            UUID.nameUUIDFromBytes(seed.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    try (Connection superuser = platform.superuser()) {
      TestPlatform.execute(
          superuser, "create role " + TenantNames.role(tenant) + " nologin inherit");
      TestPlatform.execute(
          superuser,
          "create schema " + TenantNames.schema(tenant) + " authorization tenantry_owner");
    }
    return tenant;
  }

  private List<String> rows(String sql, TenantId tenant) throws SQLException {
    try (Connection superuser = platform.superuser()) {
      return TestPlatform.rows(superuser, sql.formatted(TenantNames.schema(tenant)));
    }
  }
}
