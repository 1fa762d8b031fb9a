/** Who did what to a tenant's data, written in the transaction that did it. */
@NullMarked
package io.tenantry.persistence.audit;

import org.jspecify.annotations.NullMarked;
