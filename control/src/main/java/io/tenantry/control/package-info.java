/**
 * The platform's own tables: tenant directory, operation queue, audit; and the fenced transaction,
 * the one door by which plain JDBC reaches tenant data.
 */
@NullMarked
package io.tenantry.control;

import org.jspecify.annotations.NullMarked;
