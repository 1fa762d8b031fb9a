/** Enters the tenant that a request's token names, and answers what the tenant is. */
@NullMarked
package io.tenantry.api.tenant;

import org.jspecify.annotations.NullMarked;
