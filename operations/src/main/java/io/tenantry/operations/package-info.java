/** Jobs and the command line. */
@NullMarked
package io.tenantry.operations;

import org.jspecify.annotations.NullMarked;
