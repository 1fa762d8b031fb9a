/** The fenced connection: one tenant's for one transaction, nobody's between them. */
@NullMarked
package io.tenantry.persistence.connection;

import org.jspecify.annotations.NullMarked;
