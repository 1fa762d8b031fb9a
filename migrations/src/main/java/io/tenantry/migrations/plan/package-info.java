/** A changelog as compiled once by Liquibase: what runs in each schema, as text. */
@NullMarked
package io.tenantry.migrations.plan;

import org.jspecify.annotations.NullMarked;
