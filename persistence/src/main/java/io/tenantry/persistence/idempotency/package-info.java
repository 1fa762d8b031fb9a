/** Requests of one tenant that are carried out once, however often they are sent. */
@NullMarked
package io.tenantry.persistence.idempotency;

import org.jspecify.annotations.NullMarked;
