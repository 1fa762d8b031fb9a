/** The commands about the schemas of all tenants; they work on the database. */
@NullMarked
package io.tenantry.operations.runs;

import org.jspecify.annotations.NullMarked;
