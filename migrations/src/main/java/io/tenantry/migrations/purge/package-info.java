/** Removes retained tenants for good, looks for what is left, and certifies it. */
@NullMarked
package io.tenantry.migrations.purge;

import org.jspecify.annotations.NullMarked;
