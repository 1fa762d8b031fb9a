/** Tests of the package of the same name. */
@NullMarked
package io.tenantry.tenancy.finding;

import org.jspecify.annotations.NullMarked;
