/** Orders over HTTP. */
@NullMarked
package io.tenantry.api.orders;

import org.jspecify.annotations.NullMarked;
