/** SQL text by PostgreSQL's lexical rules: what is code in it and what only looks like it. */
@NullMarked
package io.tenantry.tenancy.sql;

import org.jspecify.annotations.NullMarked;
