/** What it takes to carry out a request once, however often it is sent. */
@NullMarked
package io.tenantry.tenancy.idempotency;

import org.jspecify.annotations.NullMarked;
