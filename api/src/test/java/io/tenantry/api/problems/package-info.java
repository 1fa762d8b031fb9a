/** Tests. */
@NullMarked
package io.tenantry.api.problems;

import org.jspecify.annotations.NullMarked;
