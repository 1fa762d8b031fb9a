/** Tests. */
@NullMarked
package io.tenantry.api.platform;

import org.jspecify.annotations.NullMarked;
