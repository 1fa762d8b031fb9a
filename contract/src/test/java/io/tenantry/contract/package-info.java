/** A client that knows the description alone, against a running system. */
@NullMarked
package io.tenantry.contract;

import org.jspecify.annotations.NullMarked;
