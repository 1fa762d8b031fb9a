/** The variables of earlier systems, and what they say about where the database is. */
@NullMarked
package io.tenantry.credentials.variables;

import org.jspecify.annotations.NullMarked;
