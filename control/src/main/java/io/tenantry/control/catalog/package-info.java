/** Looks at the database's catalog for what isolation relies on. */
@NullMarked
package io.tenantry.control.catalog;

import org.jspecify.annotations.NullMarked;
