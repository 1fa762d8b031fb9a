/** Ends the service of tenants: waits until nothing of them runs any more. */
@NullMarked
package io.tenantry.migrations.offboarding;

import org.jspecify.annotations.NullMarked;
