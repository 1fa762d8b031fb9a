/** Changes the schemas of all tenants: who needs what, in waves, each tenant a result. */
@NullMarked
package io.tenantry.migrations.fanout;

import org.jspecify.annotations.NullMarked;
