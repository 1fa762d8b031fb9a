/** The commands about one tenant's life; they talk to the admin API. */
@NullMarked
package io.tenantry.operations.tenants;

import org.jspecify.annotations.NullMarked;
