/** Keeps what a worker holds while it works on it. */
@NullMarked
package io.tenantry.migrations.lease;

import org.jspecify.annotations.NullMarked;
