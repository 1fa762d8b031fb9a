/** The kernel: who the tenant is, its lifecycle, derived names, capability signing, error catalogue. */
@NullMarked
package io.tenantry.tenancy;

import org.jspecify.annotations.NullMarked;
