/** Tests. */
@NullMarked
package io.tenantry.api.attempts;

import org.jspecify.annotations.NullMarked;
