/** Tests of the package of the same name. */
@NullMarked
package io.tenantry.api.isolation;

import org.jspecify.annotations.NullMarked;
