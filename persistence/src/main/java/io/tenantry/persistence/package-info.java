/** Serves requests from the database: pool, checkout, entities, services. */
@NullMarked
package io.tenantry.persistence;

import org.jspecify.annotations.NullMarked;
