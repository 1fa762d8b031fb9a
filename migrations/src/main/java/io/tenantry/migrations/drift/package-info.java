/** Finds tenants' schemas that are not what their changesets make, and says where they differ. */
@NullMarked
package io.tenantry.migrations.drift;

import org.jspecify.annotations.NullMarked;
