/** The command line of those who run the platform. */
@NullMarked
package io.tenantry.operations.command;

import org.jspecify.annotations.NullMarked;
