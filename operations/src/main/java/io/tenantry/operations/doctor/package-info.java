/** Looks at everything that isolation relies on. */
@NullMarked
package io.tenantry.operations.doctor;

import org.jspecify.annotations.NullMarked;
