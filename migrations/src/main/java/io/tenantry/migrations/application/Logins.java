package io.tenantry.migrations.application;

import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.DutyDataSource;

/**
 * The logins of this process. Not pooled: the DDL sessions of a run keep their role and path, and
 * each ends with its run.
 */
record Logins(DatabaseAddress address, CredentialSource credentials) {

  private static final String APPLICATION = "tenantry-provisioner";

  DutyDataSource as(Duty duty) {
    return new DutyDataSource(address, credentials, duty, APPLICATION);
  }
}
