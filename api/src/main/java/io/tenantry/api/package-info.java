/** HTTP: security, tenant filter, controllers, problem details. */
@NullMarked
package io.tenantry.api;

import org.jspecify.annotations.NullMarked;
