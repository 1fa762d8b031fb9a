/** The live proof of isolation, run from outside of every instance. */
@NullMarked
package io.tenantry.operations.prober;

import org.jspecify.annotations.NullMarked;
