/** The blotter: orders of one tenant, in the tenant's own schema. */
@NullMarked
package io.tenantry.persistence.orders;

import org.jspecify.annotations.NullMarked;
