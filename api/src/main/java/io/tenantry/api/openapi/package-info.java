/** The description of this interface, for programs and for people. */
@NullMarked
package io.tenantry.api.openapi;

import org.jspecify.annotations.NullMarked;
