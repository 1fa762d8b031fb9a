/** Slows down whoever keeps trying secrets and tokens that are refused. */
@NullMarked
package io.tenantry.api.attempts;

import org.jspecify.annotations.NullMarked;
