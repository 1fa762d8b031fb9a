/** Whether this process is alive, and whether it can serve. */
@NullMarked
package io.tenantry.api.health;

import org.jspecify.annotations.NullMarked;
