/** The commands about a whole database: a prompt, and beginning anew. */
@NullMarked
package io.tenantry.operations.database;

import org.jspecify.annotations.NullMarked;
