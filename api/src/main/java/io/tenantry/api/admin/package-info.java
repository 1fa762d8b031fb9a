/** The platform's own resources: tenants and operations. */
@NullMarked
package io.tenantry.api.admin;

import org.jspecify.annotations.NullMarked;
