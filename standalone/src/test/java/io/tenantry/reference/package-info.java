/** The pages that are written from the code: settings and errors. */
@NullMarked
package io.tenantry.reference;

import org.jspecify.annotations.NullMarked;
