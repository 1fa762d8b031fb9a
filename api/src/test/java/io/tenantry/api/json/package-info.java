/** Tests. */
@NullMarked
package io.tenantry.api.json;

import org.jspecify.annotations.NullMarked;
