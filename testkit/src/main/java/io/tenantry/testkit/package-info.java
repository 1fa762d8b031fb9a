/** Starts servers and clocks for tests. */
@NullMarked
package io.tenantry.testkit;

import org.jspecify.annotations.NullMarked;
