/** What the linter finds in the catalog, and what the owner's work is under the policies. */
@NullMarked
package io.tenantry.migrations.catalog;

import org.jspecify.annotations.NullMarked;
