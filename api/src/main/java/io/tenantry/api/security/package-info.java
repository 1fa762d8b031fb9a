/** Who may call what: tokens are verified here, and scopes demanded. */
@NullMarked
package io.tenantry.api.security;

import org.jspecify.annotations.NullMarked;
