/** Pages by keyset: the newest first, continued behind the last item seen. */
@NullMarked
package io.tenantry.persistence.paging;

import org.jspecify.annotations.NullMarked;
