/** Changesets beside the mapping: what breaks a rule, what is missing, what is released. */
@NullMarked
package io.tenantry.standalone.changes;

import org.jspecify.annotations.NullMarked;
