/** The only place that derives database names from a tenant's id. */
@NullMarked
package io.tenantry.tenancy.names;

import org.jspecify.annotations.NullMarked;
