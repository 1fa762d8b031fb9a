/** How commands answer: forms, tables, progress, failures, exit codes. */
@NullMarked
package io.tenantry.operations.terminal;

import org.jspecify.annotations.NullMarked;
