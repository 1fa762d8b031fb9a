/** How values are written as JSON, wherever they are written. */
@NullMarked
package io.tenantry.persistence.json;

import org.jspecify.annotations.NullMarked;
