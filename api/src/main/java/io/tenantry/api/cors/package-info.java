/** Which pages of other origins may call this interface from a browser; none, unless listed. */
@NullMarked
package io.tenantry.api.cors;

import org.jspecify.annotations.NullMarked;
