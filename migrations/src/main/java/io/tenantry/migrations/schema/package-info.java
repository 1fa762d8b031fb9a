/** Changes one tenant's schema: one text, one transaction, told apart by changeset. */
@NullMarked
package io.tenantry.migrations.schema;

import org.jspecify.annotations.NullMarked;
