/**
 * What a changeset must not do: to a running system, by Liquibase's silence, against conventions.
 */
@NullMarked
package io.tenantry.migrations.rules;

import org.jspecify.annotations.NullMarked;
