/** Benchmarks; nothing uses it. */
@NullMarked
package io.tenantry.bench;

import org.jspecify.annotations.NullMarked;
