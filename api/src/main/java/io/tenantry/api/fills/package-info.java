/** Fills of orders over HTTP. */
@NullMarked
package io.tenantry.api.fills;

import org.jspecify.annotations.NullMarked;
