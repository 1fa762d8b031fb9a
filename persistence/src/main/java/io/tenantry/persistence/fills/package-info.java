/** The blotter's fills: what an order got, by the venue's word. */
@NullMarked
package io.tenantry.persistence.fills;

import org.jspecify.annotations.NullMarked;
