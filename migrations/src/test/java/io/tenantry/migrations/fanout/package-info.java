/** Runs over many tenants, and what may happen to them. */
@org.jspecify.annotations.NullMarked
package io.tenantry.migrations.fanout;
