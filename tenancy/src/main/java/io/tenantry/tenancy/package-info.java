/**
 * Who the tenant is: its id, its slug, its states, and the scope in which code runs for it.
 *
 * <p>The kernel: plain Java, used by every other module, using none.
 */
@NullMarked
package io.tenantry.tenancy;

import org.jspecify.annotations.NullMarked;
