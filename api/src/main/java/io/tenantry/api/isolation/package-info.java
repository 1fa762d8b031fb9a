/** What this instance knows of its isolation, and what follows from it. */
@NullMarked
package io.tenantry.api.isolation;

import org.jspecify.annotations.NullMarked;
