/** Turns what the database says, by its SQLSTATE, into the error catalogue. */
@NullMarked
package io.tenantry.persistence.failure;

import org.jspecify.annotations.NullMarked;
