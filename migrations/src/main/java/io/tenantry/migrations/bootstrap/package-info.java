/** The superuser part of an installation: roles, the guard, and the revokes on pg_catalog. */
@NullMarked
package io.tenantry.migrations.bootstrap;

import org.jspecify.annotations.NullMarked;
