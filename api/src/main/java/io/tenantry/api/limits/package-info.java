/** What one tenant may take of this instance: requests a second, connections at once. */
@NullMarked
package io.tenantry.api.limits;

import org.jspecify.annotations.NullMarked;
