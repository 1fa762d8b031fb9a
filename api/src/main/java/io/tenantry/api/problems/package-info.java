/** Answers every failure as a problem document (RFC 9457), from the one error catalogue. */
@NullMarked
package io.tenantry.api.problems;

import org.jspecify.annotations.NullMarked;
