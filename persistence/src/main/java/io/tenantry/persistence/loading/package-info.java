/** How repositories read one row by its id. */
@NullMarked
package io.tenantry.persistence.loading;

import org.jspecify.annotations.NullMarked;
