/** Everything in one process on an embedded PostgreSQL. */
@NullMarked
package io.tenantry.standalone;

import org.jspecify.annotations.NullMarked;
