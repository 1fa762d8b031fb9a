/** Tests of the package of the same name. */
@NullMarked
package io.tenantry.api.health;

import org.jspecify.annotations.NullMarked;
