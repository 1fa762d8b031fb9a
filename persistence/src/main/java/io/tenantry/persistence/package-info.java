/** Serves requests from the database; one feature a package, one public service each. */
@NullMarked
package io.tenantry.persistence;

import org.jspecify.annotations.NullMarked;
