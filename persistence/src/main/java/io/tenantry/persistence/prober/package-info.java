/** Proves on live connections, again and again, that tenants are kept apart. */
@NullMarked
package io.tenantry.persistence.prober;

import org.jspecify.annotations.NullMarked;
