/** How the parts of a path name a resource. */
@NullMarked
package io.tenantry.api.resource;

import org.jspecify.annotations.NullMarked;
