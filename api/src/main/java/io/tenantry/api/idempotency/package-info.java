/** POSTs that carry an Idempotency-Key are carried out once, and answered as often as they come. */
@NullMarked
package io.tenantry.api.idempotency;

import org.jspecify.annotations.NullMarked;
