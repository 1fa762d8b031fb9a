/** The error catalogue: one stable code for everything that can go wrong. */
@NullMarked
package io.tenantry.tenancy.error;

import org.jspecify.annotations.NullMarked;
