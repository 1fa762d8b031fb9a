/** Entity tags, and the preconditions that name them. */
@NullMarked
package io.tenantry.api.precondition;

import org.jspecify.annotations.NullMarked;
