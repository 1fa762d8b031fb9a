/** Schemas changed by compiled text, seen by stock Liquibase. */
@org.jspecify.annotations.NullMarked
package io.tenantry.migrations.schema;
