package io.tenantry.migrations.purge;

import io.tenantry.credentials.CredentialSource;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.util.List;

/** Secrets that are called after the tenant, such as passwords of logins of its own. */
final class SecretResidue implements ResidueSource {

  private final CredentialSource credentials;

  SecretResidue(CredentialSource credentials) {
    this.credentials = credentials;
  }

  @Override
  public String place() {
    return "secrets";
  }

  @Override
  public List<String> find(Connection backup, Subject subject) {
    return credentials.namesContaining(TenantNames.register(subject.tenant().id())).stream()
        .map(name -> "secret " + name)
        .toList();
  }
}
