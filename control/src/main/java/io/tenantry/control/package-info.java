/** The platform's own tables: tenant directory, operation queue, audit. */
@NullMarked
package io.tenantry.control;

import org.jspecify.annotations.NullMarked;
