/** The one way into Liquibase: one call at a time, quiet, telling nobody. */
@NullMarked
package io.tenantry.migrations.liquibase;

import org.jspecify.annotations.NullMarked;
