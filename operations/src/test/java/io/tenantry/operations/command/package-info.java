/** Tests of the package of the same name. */
@NullMarked
package io.tenantry.operations.command;

import org.jspecify.annotations.NullMarked;
