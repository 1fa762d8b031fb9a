package io.tenantry.migrations.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The checksums of a release are those that stand in the history of a migrated schema. */
class ChecksumsIT {

  private static final Path OWN = Path.of("src", "main", "resources", "db");

  private final TestPlatform platform = TestPlatform.installed("checksums");

  @Test
  void aTenantsHistoryHasTheChecksumsOfTheFiles() throws Exception {
    TenantId tenant = platform.provisioner().provisionNow("acme", "Acme").id();

    assertThat(history(TenantNames.schema(tenant))).containsAll(asRows(Tree.TENANT));
  }

  @Test
  void thePlatformsHistoryHasTheChecksumsOfTheFiles() throws Exception {
    assertThat(history("tenantry_control")).containsAll(asRows(Tree.PLATFORM));
  }

  private List<String> history(String schema) throws Exception {
    try (Connection superuser = platform.superuser()) {
      return TestPlatform.rows(
          superuser, "select id, md5sum from " + schema + ".databasechangelog order by 1");
    }
  }

  private static List<String> asRows(Tree tree) throws Exception {
    Map<String, String> checksums = Checksums.of(OWN, tree);
    assertThat(checksums).isNotEmpty();
    return checksums.entrySet().stream().map(one -> one.getKey() + "|" + one.getValue()).toList();
  }
}
