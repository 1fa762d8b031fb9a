/** Tests. */
@NullMarked
package io.tenantry.api.precondition;

import org.jspecify.annotations.NullMarked;
