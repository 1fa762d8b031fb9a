/** Tests of the catalogue of metrics. */
@NullMarked
package io.tenantry.api.metrics;

import org.jspecify.annotations.NullMarked;
