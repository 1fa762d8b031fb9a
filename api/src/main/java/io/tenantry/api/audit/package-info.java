/** Audit events over HTTP. */
@NullMarked
package io.tenantry.api.audit;

import org.jspecify.annotations.NullMarked;
