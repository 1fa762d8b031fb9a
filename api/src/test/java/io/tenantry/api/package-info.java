/** Tests of the interface over real HTTP. */
@NullMarked
package io.tenantry.api;

import org.jspecify.annotations.NullMarked;
