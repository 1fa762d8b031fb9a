/** Signs the short-lived proof with which a transaction enters a tenant. */
@NullMarked
package io.tenantry.tenancy.capability;

import org.jspecify.annotations.NullMarked;
