/** Research reports over HTTP. */
@NullMarked
package io.tenantry.api.reports;

import org.jspecify.annotations.NullMarked;
