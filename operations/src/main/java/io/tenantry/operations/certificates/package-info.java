/** The commands about certificates of purged tenants. */
@NullMarked
package io.tenantry.operations.certificates;

import org.jspecify.annotations.NullMarked;
