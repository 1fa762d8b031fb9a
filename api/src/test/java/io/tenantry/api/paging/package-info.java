/** Tests. */
@NullMarked
package io.tenantry.api.paging;

import org.jspecify.annotations.NullMarked;
