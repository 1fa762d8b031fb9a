/** Tests. */
@NullMarked
package io.tenantry.api.issuer;

import org.jspecify.annotations.NullMarked;
