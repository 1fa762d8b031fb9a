/** The built-in token issuer: client credentials, and nothing else. */
@NullMarked
package io.tenantry.api.issuer;

import org.jspecify.annotations.NullMarked;
