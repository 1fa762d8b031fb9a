/** Starts and stops a PostgreSQL server of our own. */
@NullMarked
package io.tenantry.embedded;

import org.jspecify.annotations.NullMarked;
