/** Breaks one check at a time and demands that a test notices; run by {@code make test.mutants}. */
@NullMarked
package io.tenantry.testkit.mutants;

import org.jspecify.annotations.NullMarked;
