/** Lists in pages, with a cursor that callers cannot read. */
@NullMarked
package io.tenantry.api.paging;

import org.jspecify.annotations.NullMarked;
