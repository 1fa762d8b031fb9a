/** Wires the way to the secrets and to the platform's own tables. */
@NullMarked
package io.tenantry.api.platform;

import org.jspecify.annotations.NullMarked;
