/** The catalogue of what this process measures. */
@NullMarked
package io.tenantry.api.metrics;

import org.jspecify.annotations.NullMarked;
