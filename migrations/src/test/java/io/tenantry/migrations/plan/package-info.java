/** The compiler of changesets. */
@org.jspecify.annotations.NullMarked
package io.tenantry.migrations.plan;
