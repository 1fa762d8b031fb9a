/** The clients of a tenant at the built-in issuer, as the platform's operators manage them. */
@NullMarked
package io.tenantry.api.clients;

import org.jspecify.annotations.NullMarked;
