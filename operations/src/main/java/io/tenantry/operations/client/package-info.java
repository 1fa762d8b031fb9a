/** The way to the admin API over HTTP. */
@NullMarked
package io.tenantry.operations.client;

import org.jspecify.annotations.NullMarked;
