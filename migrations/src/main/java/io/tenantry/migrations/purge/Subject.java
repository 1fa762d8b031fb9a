package io.tenantry.migrations.purge;

import io.tenantry.control.Operation;
import io.tenantry.control.Tenant;

/** The tenant that a purge removes, as it was when the purge began, and the purge. */
record Subject(Operation operation, Tenant tenant) {}
