/** What the database's SQLSTATEs mean, and when a transaction is begun again. */
@NullMarked
package io.tenantry.tenancy.failure;

import org.jspecify.annotations.NullMarked;
