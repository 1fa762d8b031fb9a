/** How every executable logs: one form for programs, one for a terminal. */
@NullMarked
package io.tenantry.credentials.logging;

import org.jspecify.annotations.NullMarked;
