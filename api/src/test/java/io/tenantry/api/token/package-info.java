/** Tests. */
@NullMarked
package io.tenantry.api.token;

import org.jspecify.annotations.NullMarked;
