/** Makes tenants: claims operations and carries them out as persisted, idempotent steps. */
@NullMarked
package io.tenantry.migrations.provisioning;

import org.jspecify.annotations.NullMarked;
