package io.tenantry.migrations;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.SQLException;

/** A platform with two tenants, acme and globex. */
public final class TwoTenants {

  private final TestPlatform platform;
  private final TenantId acme;
  private final TenantId globex;

  /** In that database, which is nobody else's. */
  public TwoTenants(String database) {
    this.platform = TestPlatform.installed(database);
    this.acme = platform.provisioner().provisionNow("acme", "Acme").id();
    this.globex = platform.provisioner().provisionNow("globex", "Globex").id();
  }

  public TestPlatform platform() {
    return platform;
  }

  public TenantId acme() {
    return acme;
  }

  public TenantId globex() {
    return globex;
  }

  /** In {@code text}, their schemas are filled in for {@code <acme>} and {@code <globex>}. */
  public String named(String text) {
    return text.replace("<acme>", TenantNames.schema(acme))
        .replace("<globex>", TenantNames.schema(globex));
  }

  /** Runs SQL with both names filled in. */
  public void asSuperuser(String sql) throws SQLException {
    try (Connection superuser = platform.superuser()) {
      TestPlatform.execute(superuser, named(sql));
    }
  }
}
